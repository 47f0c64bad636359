import { afterEach, expect, test } from 'vitest';
import { junos } from '../../../switch-drivers/simulator/junos/personality.ts';
import { commit, discardChanges } from '../../../switch-drivers/transports/netconf/commit.ts';
import { editConfig, getConfig, validate } from '../../../switch-drivers/transports/netconf/operations.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { textOf } from '../../../switch-drivers/transports/netconf/xml/read.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Change } from '../../../topology/plan/model.ts';
import { refusalOf, startNetconfRig } from './netconf-rig.ts';

let rig: Awaited<ReturnType<typeof startNetconfRig>> | null = null;
afterEach(async () => {
  await rig?.stop();
  rig = null;
});

const config = (interfaces: string, vlans = '') =>
  `<configuration><interfaces><interface><name>ge-0/0/0</name>${interfaces}</interface></interfaces><vlans>${vlans}</vlans></configuration>`;
const l2 = (inner: string) =>
  `<unit><name>0</name><family><ethernet-switching>${inner}</ethernet-switching></family></unit>`;
const vlan = (id: number) => `<vlan><name>v${id}</name><vlan-id>${id}</vlan-id></vlan>`;
const access = (id: number): Change[] => [
  { op: 'vlan-create', vlan: id, name: `v${id}` },
  { op: 'port-set', portId: 'ge-0/0/0', settings: { adminUp: true, mode: 'access', untagged: id, tagged: [] } },
];

test('what it refuses, and what it keeps beside the VLANs', async () => {
  rig = await startNetconfRig(junos);
  const session = await rig.netconf();
  const cases: Array<[string, RegExp]> = [
    [config(l2('<vlan><members>10</members></vlan>')), /vlan with id\/name 10 does not exist/],
    [config(l2('<vlan><members>10</members><members>11</members></vlan>'), vlan(10) + vlan(11)), /one vlan only/],
    [config(`<native-vlan-id>10</native-vlan-id>${l2('')}`, vlan(10)), /trunk interfaces/],
    [config(`${l2('')}<unit><name>0</name><family><inet/></family></unit>`), /mutually exclusive/],
    [config('', `${vlan(10)}<vlan><name>other</name><vlan-id>10</vlan-id></vlan>`), /already used/],
    [config('', '<vlan><name>big</name><vlan-id>4095</vlan-id></vlan>'), /not within range/],
  ];
  for (const [xml, words] of cases) {
    expect(await refusalOf(session, xml)).toMatch(words);
    await discardChanges(session);
  }
  await editConfig(session, {
    target: 'candidate',
    config: [parseXml(config(l2('<storm-control><profile-name>default</profile-name></storm-control>')))],
  });
  await commit(session);
  const driver = await rig.driver();
  await driver.apply(access(10));
  expect((await getConfig(session, 'running')).map(textOf).join()).toContain('default');
  expect(rig.model.port('ge-0/0/0')).toMatchObject({ mode: 'access', untagged: 10 });
  rig.device.reboot();
  expect(rig.model.port('ge-0/0/0').untagged).toBe(10);
});

test('a commit of ours that was cut off is taken back by the next session, and is not what it reads', async () => {
  rig = await startNetconfRig(junos);
  const lost = await rig.netconf();
  await editConfig(lost, {
    target: 'candidate',
    config: [parseXml(config(l2('<vlan><members>10</members></vlan>'), vlan(10)))],
  });
  await commit(lost, { confirmWithinSeconds: 60 });
  lost.end(new FabricError('switch_session_lost', 'cut by the test'));
  expect(rig.model.port('ge-0/0/0').untagged).toBe(10);
  const { ports } = await (await rig.driver()).read(['ge-0/0/0']);
  expect(ports[0]?.untagged).toBe(1);
  expect(rig.model.port('ge-0/0/0').untagged).toBe(1);
});

test('a commit that somebody else wants to confirm is not confirmed by ours', async () => {
  rig = await startNetconfRig(junos);
  const driver = await rig.driver();
  const other = await rig.netconf();
  await editConfig(other, { target: 'candidate', config: [parseXml(config('<disable/>'))] });
  await commit(other, { confirmWithinSeconds: 60 });
  await expect(driver.apply(access(10))).rejects.toMatchObject({
    code: 'switch_locked',
    retryable: true,
    context: { undone: true, step: 'read' },
  });
  // As any commit check does.
  await validate(other, 'candidate');
  await driver.apply(access(10));
  expect(rig.model.port('ge-0/0/0')).toMatchObject({ adminUp: true, untagged: 10 });
});

test('an edit between the read and the lock is seen', async () => {
  rig = await startNetconfRig(junos);
  const driver = await rig.driver();
  rig.model.change('somebody', ({ ports }) => {
    const port = ports['ge-0/0/0'];
    if (port) port.extra = ['interface <flexible-vlan-tagging/>'];
  });
  await expect(driver.apply(access(10))).rejects.toMatchObject({
    code: 'switch_unsupported',
    context: { undone: true },
  });
  expect(rig.model.history.at(-1)?.cause).toBe('power on');
});
