import { expect, test } from 'vitest';
import { edits, lines } from '../../../switch-drivers/juniper-junos/edits.ts';
import { platform } from '../../../switch-drivers/juniper-junos/index.ts';
import { pendingCommit } from '../../../switch-drivers/juniper-junos/readers/description.ts';
import { ports } from '../../../switch-drivers/juniper-junos/readers/ports.ts';
import { differing, editTree } from '../../../switch-drivers/transports/netconf/node-edit.ts';
import { netconfOptions } from '../../../switch-drivers/transports/netconf/options.ts';
import type { NetconfPorts } from '../../../switch-drivers/transports/netconf/platform.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { writeXml } from '../../../switch-drivers/transports/netconf/xml/write.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';

const options = netconfOptions.parse({ host: 'leaf1', username: 'admin' });
const l2 = (inner: string) =>
  `<unit><name>0</name><family><ethernet-switching>${inner}</ethernet-switching></family></unit>`;
const port = (name: string, inner: string) => `<interface><name>${name}</name>${inner}</interface>`;

function read(interfaces: string, vlans = '', more = '', physical: string[] = []): NetconfPorts {
  const configuration = parseXml(
    `<configuration xmlns="http://xml.juniper.net/xnm/1.1/xnm" xmlns:junos="urn:j"><interfaces>${interfaces}</interfaces><vlans>${vlans}</vlans>${more}</configuration>`,
  );
  const terse = physical.map((name) => `<physical-interface><name>\n${name}\n</name></physical-interface>`).join('');
  const status = parseXml(`<interface-information>${terse}</interface-information>`);
  return ports.read([[configuration], null, null, [status]], options);
}

const VLANS = [10, 11, 12, 30].map((id) => `<vlan><name>v${id}</name><vlan-id>${id}</vlan-id></vlan>`).join('');
const access = port(
  'ge-0/0/0',
  l2('<vlan><members>v10</members></vlan><storm-control><profile-name>d</profile-name></storm-control>'),
);
const trunk = port(
  'ge-0/0/0',
  `<disable/><native-vlan-id>10</native-vlan-id>${l2('<interface-mode>trunk</interface-mode><vlan><members>10-12</members></vlan>')}`,
);

const set = (settings: Partial<PortSettings>): Change => ({
  op: 'port-set',
  portId: 'ge-0/0/0',
  settings: { adminUp: true, mode: 'access', untagged: 10, tagged: [], ...settings },
});
const changed = (now: NetconfPorts, ...changes: Change[]) =>
  differing(
    changes.flatMap((change) => edits(change, now)),
    now.config,
  );
const said = (now: NetconfPorts, ...changes: Change[]) => changed(now, ...changes).flatMap(lines);

const AT = 'interfaces ge-0/0/0';
const L2 = `${AT} unit 0 family ethernet-switching`;

test('access to trunk: members in ranges, the native VLAN among them', () => {
  const move = set({ mode: 'trunk', untagged: 10, tagged: [11, 12, 30] });
  expect(said(read(access, VLANS), move)).toEqual([
    `set ${AT} native-vlan-id 10`,
    `set ${L2} interface-mode trunk`,
    `delete ${L2} vlan`,
    `set ${L2} vlan members 10-12`,
    `set ${L2} vlan members 30`,
  ]);
});

test('trunk to access, up; a trunk without native VLAN; VLAN 1; nothing where nothing differs', () => {
  const now = read(trunk, VLANS);
  expect(said(now, set({}))).toEqual([
    `delete ${AT} disable`,
    `delete ${AT} native-vlan-id`,
    `set ${L2} interface-mode access`,
    `delete ${L2} vlan`,
    `set ${L2} vlan members 10`,
  ]);
  expect(said(now, set({ adminUp: false, mode: 'trunk', untagged: null, tagged: [10, 11, 12] }))).toEqual([
    `delete ${AT} native-vlan-id`,
  ]);
  expect(said(now, set({ adminUp: false, untagged: 1 }))).toContain(`set ${L2} vlan members 1`);
  expect(said(now, set({ adminUp: false, mode: 'trunk', untagged: 10, tagged: [11, 12] }))).toEqual([]);
});

test('what is sent replaces the VLANs and touches nothing beside them', () => {
  const [edit] = editTree(changed(read(trunk, VLANS), set({})), platform.style);
  expect(edit && writeXml(edit).replace(/^<\?xml.*\n/, '')).toBe(
    '<configuration xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><interfaces><interface><name>ge-0/0/0</name>' +
      '<disable operation="delete"/><native-vlan-id operation="delete"/><unit><name>0</name><family><ethernet-switching>' +
      '<interface-mode operation="replace">access</interface-mode>' +
      '<vlan operation="replace"><members>10</members></vlan>' +
      '</ethernet-switching></family></unit></interface></interfaces></configuration>',
  );
});

test('VLANs: made once, and never by taking another VLAN its name', () => {
  const now = read(access, VLANS);
  const create = (vlan: number, name: string): Change => ({ op: 'vlan-create', vlan, name });
  expect(said(now, create(20, 'blue'), create(10, 'other'))).toEqual(['set vlans blue vlan-id 20']);
  expect(() => edits(create(20, 'v10'), now)).toThrow(/taken by VLAN 10/);
  for (const name of ['all', 'two words', 'x</name>']) expect(() => edits(create(20, name), now)).toThrow();
  expect(() => edits(set({ untagged: 4095 }), now)).toThrow(/4095/);
  expect(() => edits(set({ untagged: null }), now)).toThrow(/needs a VLAN/);
});

test.each([
  [
    'a member of a bundle',
    port('ge-0/0/0', '<ether-options><ieee-802.3ad><bundle>ae0</bundle></ieee-802.3ad></ether-options>'),
    '',
    /member of ae0/,
  ],
  ['a routed port', port('ge-0/0/0', '<unit><name>0</name><family><inet/></family></unit>'), '', /routed/],
  ['tags of its own', port('ge-0/0/0', `<flexible-vlan-tagging/>${l2('')}`), '', /flexible-vlan-tagging/],
  ['a second unit', port('ge-0/0/0', `${l2('')}<unit><name>7</name><vlan-id>7</vlan-id></unit>`), '', /unit 7/],
  [
    'a statement that nobody knows',
    port('ge-0/0/0', l2('<new-tagging><vlan>9</vlan></new-tagging>')),
    '',
    /new-tagging/,
  ],
  ['no ELS', port('ge-0/0/0', l2('<port-mode>trunk</port-mode><vlan><members>10</members></vlan>')), '', /port-mode/],
  [
    'what a group says',
    port('ge-0/0/0', l2('<vlan><members junos:group="g1">10</members></vlan>')),
    '',
    /apply-groups g1/,
  ],
  [
    'what is deactivated',
    port(
      'ge-0/0/0',
      l2('<interface-mode>access</interface-mode><vlan inactive="inactive"><members>10</members></vlan>'),
    ),
    '',
    /deactivate/,
  ],
  [
    '802.1X',
    access,
    '<protocols><dot1x><authenticator><interface><name>ge-0/0/0.0</name></interface></authenticator></dot1x></protocols>',
    /dot1x/,
  ],
  ['MVRP on all ports', access, '<protocols><mvrp><interface><name>all</name></interface></mvrp></protocols>', /mvrp/],
  [
    'another virtual switch',
    access,
    '<routing-instances><instance><name>vs1</name><interface><name>ge-0/0/0.0</name></interface></instance></routing-instances>',
    /vs1/,
  ],
  [
    'a VLAN that is not there',
    port('ge-0/0/0', l2('<vlan><members>gone</members></vlan>')),
    '',
    /VLANs could not be read/,
  ],
])('a port with %s is foreign', (_what, interfaces, more, reason) => {
  const [found] = read(interfaces, VLANS, more, ['ge-0/0/0']).ports;
  expect(found?.foreign).toMatch(reason);
});

test('a VLAN that names the port makes it foreign; a port without configuration is no switch port', () => {
  const vlans = `${VLANS}<vlan><name>v40</name><vlan-id>40</vlan-id><interface><name>ge-0/0/0.0</name></interface></vlan>`;
  const foreign = read(access, vlans, '', ['ge-0/0/1']).ports.map((one) => `${one.portId}: ${one.foreign}`);
  expect(foreign).toEqual(['ge-0/0/0: it has "vlans v40 interface"', 'ge-0/0/1: it is a routed port']);
});

test('a commit waits while the newest entry says so, not because its comment once did', () => {
  const information = (entry: string) =>
    pendingCommit.read(
      [
        [
          parseXml(
            `<commit-information><commit-history><user>eve</user><client>cli</client><comment>commit confirmed, rollback in 5mins</comment>${entry}</commit-history></commit-information>`,
          ),
        ],
      ],
      options,
    );
  expect(information('<commit-confirmed>rollback pending</commit-confirmed>')).toEqual({ user: 'eve', netconf: false });
  expect(information('')).toBeNull();
});
