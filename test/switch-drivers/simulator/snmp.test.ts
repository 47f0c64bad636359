import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SnmpConnection } from '../../../switch-drivers/transports/snmp/connection.ts';
import type { SetVarbind } from '../../../switch-drivers/transports/snmp/errors.ts';
import { interfaces, qBridge } from '../../../switch-drivers/transports/snmp/mib.ts';
import { type SnmpRig, startSnmp } from '../snmp/rig.ts';

let rig: SnmpRig;
let snmp: SnmpConnection;
beforeEach(async () => {
  rig = await startSnmp();
  snmp = await rig.plain();
});
afterEach(() => rig.stop());

const set = (oid: string, type: SetVarbind['type'], value: number | Buffer): SetVarbind => ({
  oid,
  type,
  value,
  line: oid,
});
const row = (vlan: number, value = 4) => set(`${qBridge.dot1qVlanStaticRowStatus}.${vlan}`, 'integer', value);
const egress = (vlan: number, ...octets: number[]) =>
  set(`${qBridge.dot1qVlanStaticEgressPorts}.${vlan}`, 'octets', Buffer.from(octets));
const untagged = (vlan: number, ...octets: number[]) =>
  set(`${qBridge.dot1qVlanStaticUntaggedPorts}.${vlan}`, 'octets', Buffer.from(octets));
const pvid = (vlan: number, type: SetVarbind['type'] = 'unsigned') => set(`${qBridge.dot1qPvid}.1`, type, vlan);

/** Error status with which the request is refused. */
const refusal = (...varbinds: SetVarbind[]): Promise<unknown> =>
  snmp.set(varbinds).then(
    () => null,
    (error: { context: { device: string } }) => error.context.device,
  );

test('what the standard does not allow is refused in its words', async () => {
  expect(await refusal(pvid(10))).toBe('inconsistentValue');
  expect(await refusal(pvid(5000))).toBe('wrongValue');
  expect(await refusal(pvid(1, 'integer'))).toBe('wrongType');
  expect(await refusal(egress(10, 0x80))).toBe('inconsistentName');
  expect(await refusal(egress(1, 0xf8))).toBe('wrongValue');
  expect(await refusal(egress(1, 0xf0, 0))).toBe('wrongLength');
  expect(await refusal(row(1))).toBe('inconsistentValue');
  expect(await refusal(row(1, 6))).toBe('inconsistentValue');
  expect(await refusal(set(`${interfaces.ifOperStatus}.1001`, 'integer', 1))).toBe('notWritable');
  expect(await refusal(set(`${interfaces.ifAdminStatus}.1`, 'integer', 1))).toBe('noCreation');
  expect(rig.sim.device.transcript).toEqual([]);
});

test('a request of which one object is refused changes nothing', async () => {
  expect(await refusal(row(10), egress(10, 0x80), pvid(11))).toBe('inconsistentValue');
  expect(rig.sim.model.running.vlans[10]).toBeUndefined();
  expect(await refusal(row(10), untagged(10, 0x80))).toBe('inconsistentValue');
  expect(await refusal(row(10), egress(10, 0x80), untagged(10, 0x80), pvid(10))).toBeNull();
});

test('without ingress filtering untagged frames enter the PVID, whoever is on its list', async () => {
  const { model } = rig.sim;
  model.setLink('ge1', true);
  await snmp.set([row(10), pvid(10)]);
  expect(model.port('ge1')).toMatchObject({ untagged: 10, tagged: [1] });
  await snmp.set([set(`${qBridge.dot1qPortIngressFiltering}.1`, 'integer', 1)]);
  expect(model.port('ge1')).toMatchObject({ untagged: null, tagged: [1] });
});
