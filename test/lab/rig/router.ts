import { setTimeout as sleep } from 'node:timers/promises';
import type { OvsInstance } from '../../support/ovs-instance.ts';
import { finish } from './machine.ts';
import { routerAdvertisement } from './router-advertisement.ts';

const EVERY_MS = 2_000;
/** A switch that is short of CPU may refuse one. */
const MOST_FAILURES_IN_A_ROW = 20;

/** Lets the switch send a router advertisement into the VLANs of these ports again and again. */
export async function startAdvertising(
  ovs: OvsInstance,
  bridge: string,
  ports: readonly string[],
  source: string,
): Promise<{ stop(): Promise<void> }> {
  const packet = routerAdvertisement(source).toString('hex');
  const numbers = await Promise.all(ports.map((port) => ovs.vsctl('get', 'interface', port, 'ofport')));
  const control = `unix:${ovs.dir}/${bridge}.mgmt`;
  const stopping = new AbortController();
  const loop = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      for (const number of numbers) {
        const flow = `in_port=${number} packet=${packet} actions=NORMAL`;
        const { code, stderr } = await finish('ovs-ofctl', ['packet-out', control, flow]);
        failures = code === 0 ? 0 : failures + 1;
        if (failures > MOST_FAILURES_IN_A_ROW) throw new Error(`The switch sends no advertisements: ${stderr}`);
      }
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = loop();
  // It is looked at in stop(); until then an error must not end the test runner.
  running.catch(() => {});
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
