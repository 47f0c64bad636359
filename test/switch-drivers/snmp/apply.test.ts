import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../../switch-drivers/contract/driver.ts';
import { portVlans } from '../../../switch-drivers/simulator/snmp/port-vlans.ts';
import type { Change } from '../../../topology/plan/model.ts';
import { type SnmpRig, startSnmp } from './rig.ts';

let rig: SnmpRig;
let session: Session;
beforeEach(async () => {
  rig = await startSnmp();
  session = await rig.session();
  await session.apply([create(10), create(20), access('ge1', 10), access('ge2', 10)]);
});
afterEach(() => rig.stop());

const create = (vlan: number): Change => ({ op: 'vlan-create', vlan, name: `net-${vlan}` });
const access = (portId: string, untagged: number): Change => ({
  op: 'port-set',
  portId,
  settings: { adminUp: true, mode: 'access', untagged, tagged: [] },
});
const port = (portId: string) => {
  const { running } = rig.sim.model;
  return { up: running.ports[portId]!.adminUp, ...portVlans(running.ports[portId]!, running) };
};
const failure = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => error,
  );

test('a port leaves the factory settings closed, and its neighbours on the lists stay on them', async () => {
  const in10 = { up: true, pvid: 10, egress: [10], untagged: [10], taggedOnly: false, filtering: true };
  expect([port('ge1'), port('ge2')]).toEqual([in10, in10]);
  expect(port('ge3')).toMatchObject({ pvid: 1, egress: [1], filtering: false });
  await session.apply([access('ge1', 20)]);
  expect([port('ge1').egress, port('ge2')]).toEqual([[20], in10]);
});

test('an agent that puts a port into VLAN 1 in between does so while it is down, and it is taken out again', async () => {
  const { device, model } = rig.sim;
  device.faults.editOn = {
    line: /^dot1qVlanStaticUntaggedPorts\.10 -= 1$/,
    edit: () =>
      model.change('the agent: a port is untagged somewhere', ({ ports }) => {
        ports.ge1!.allowed = [1, 10];
        ports.ge1!.nativeVlan = 1;
      }),
  };
  const from = model.history.length;
  await session.apply([access('ge1', 20)]);
  expect(port('ge1')).toMatchObject({ up: true, egress: [20], untagged: [20], pvid: 20 });
  const upIn1 = model.history.slice(from).filter((now) => now.adminUp && [now.untagged, ...now.tagged].includes(1));
  expect(upIn1).toEqual([]);
});

test('a setting that is taken and has no effect is told, and all is as before', async () => {
  const before = JSON.stringify(rig.sim.model.running);
  rig.sim.device.faults.ignore = /^dot1qPvid/;
  expect(await failure(session.apply([access('ge1', 20)]))).toMatchObject({
    code: 'switch_not_applied',
    message: /dot1qPvid.1 = 20/,
    context: { undone: true },
  });
  expect(JSON.stringify(rig.sim.model.running)).toBe(before);
});

test('a change whose answer is lost is not made twice', async () => {
  const { device } = rig.sim;
  device.faults.drop = { line: /^dot1qVlanStaticEgressPorts\.20/, when: 'after' };
  const from = device.transcript.length;
  await session.apply([access('ge1', 20)]);
  const sent = device.transcript.slice(from).filter((line) => line.startsWith('dot1qVlanStaticEgressPorts.20'));
  expect(sent).toEqual(['dot1qVlanStaticEgressPorts.20 += 1']);
});

test('an agent that refuses a name beside a new row gets the row', async () => {
  const { device, model } = rig.sim;
  device.faults.reject = { line: /^dot1qVlanStaticName/, text: 'InconsistentName' };
  await session.apply([create(30)]);
  expect(model.running.vlans[30]).toMatchObject({ active: true });
});
