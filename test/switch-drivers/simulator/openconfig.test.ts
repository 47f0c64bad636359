import { afterEach, expect, test } from 'vitest';
import { openconfig, openconfigWith, RUNNING_ONLY } from '../../../switch-drivers/simulator/openconfig/personality.ts';
import { commit, discardChanges } from '../../../switch-drivers/transports/netconf/commit.ts';
import { editConfig } from '../../../switch-drivers/transports/netconf/operations.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Change } from '../../../topology/plan/model.ts';
import { refusalOf, startNetconfRig } from './netconf-rig.ts';

let rig: Awaited<ReturnType<typeof startNetconfRig>> | null = null;
afterEach(async () => {
  await rig?.stop();
  rig = null;
});

const config = (inner: string, name = 'Ethernet1') =>
  `<interfaces xmlns="http://openconfig.net/yang/interfaces"><interface><name>${name}</name><ethernet xmlns="http://openconfig.net/yang/interfaces/ethernet"><switched-vlan xmlns="http://openconfig.net/yang/vlan"><config>${inner}</config></switched-vlan></ethernet></interface></interfaces>`;
const access = (id: number): Change[] => [
  { op: 'vlan-create', vlan: id, name: `v${id}` },
  { op: 'port-set', portId: 'Ethernet1', settings: { adminUp: true, mode: 'access', untagged: id, tagged: [] } },
];

test('what it refuses; a trunk of no list carries all', async () => {
  rig = await startNetconfRig(openconfig);
  const session = await rig.netconf();
  expect(await refusalOf(session, config('<access-vlan>10</access-vlan>'))).toMatch(/VLAN 10 does not exist/);
  await discardChanges(session);
  expect(await refusalOf(session, config('<interface-mode>HYBRID</interface-mode>'))).toMatch(/not a valid value/);
  await discardChanges(session);
  expect(await refusalOf(session, config('', 'Ethernet99'))).toMatch(/does not exist/);
  await discardChanges(session);
  await (await rig.driver()).apply(access(10));
  await editConfig(session, {
    target: 'candidate',
    config: [parseXml(config('<interface-mode>TRUNK</interface-mode>'))],
  });
  await commit(session);
  expect(rig.model.port('Ethernet1')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
});

test('a commit of ours that was cut off is cancelled by the next session', async () => {
  rig = await startNetconfRig(openconfig);
  const lost = await rig.netconf();
  await editConfig(lost, { target: 'candidate', config: [parseXml(config('<interface-mode>TRUNK</interface-mode>'))] });
  await commit(lost, { confirmWithinSeconds: 60, persist: 'switchyard-leaf1' });
  lost.end(new FabricError('switch_session_lost', 'cut by the test'));
  expect(rig.model.port('Ethernet1').mode).toBe('trunk');
  const { ports } = await (await rig.driver()).read(['Ethernet1']);
  expect(ports).toMatchObject([{ mode: 'access', untagged: 1 }]);
});

test('without a candidate: one edit, taken back when it has no effect, and refused where half of it could stay', async () => {
  rig = await startNetconfRig(openconfigWith(RUNNING_ONLY));
  const driver = await rig.driver();
  await driver.apply(access(10));
  expect(rig.model.port('Ethernet1').untagged).toBe(10);
  rig.device.faults.ignore = /^edit-config$/;
  await expect(driver.apply(access(20))).rejects.toMatchObject({
    code: 'switch_not_applied',
    context: { undone: true },
  });
  rig.device.faults.ignore = null;
  await driver.persist();
  expect(rig.device.saves).toBe(1);
  await rig.stop();
  rig = await startNetconfRig(openconfigWith(['urn:ietf:params:netconf:capability:writable-running:1.0']));
  const bare = await rig.driver();
  await expect(bare.apply(access(10))).rejects.toMatchObject({ code: 'switch_unsupported' });
  expect(rig.device.transcript).not.toContain('edit-config');
});
