import { setTimeout as sleep } from 'node:timers/promises';
import type { OvsInstance } from '../../support/ovs-instance.ts';
import { run } from './machine.ts';
import { routerAdvertisement } from './router-advertisement.ts';

const EVERY_MS = 2_000;

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
    while (!stopping.signal.aborted) {
      for (const number of numbers) {
        await run('ovs-ofctl', ['packet-out', control, `in_port=${number} packet=${packet} actions=NORMAL`]);
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
