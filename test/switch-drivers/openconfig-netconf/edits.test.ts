import { expect, test } from 'vitest';
import { edits, lines } from '../../../switch-drivers/openconfig-netconf/edits.ts';
import { platform } from '../../../switch-drivers/openconfig-netconf/index.ts';
import { openconfigOptions } from '../../../switch-drivers/openconfig-netconf/options.ts';
import { ports } from '../../../switch-drivers/openconfig-netconf/readers/ports.ts';
import { differing, editTree } from '../../../switch-drivers/transports/netconf/node-edit.ts';
import type { NetconfPorts } from '../../../switch-drivers/transports/netconf/platform.ts';
import { NETCONF } from '../../../switch-drivers/transports/netconf/xml/namespaces.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { writeXml } from '../../../switch-drivers/transports/netconf/xml/write.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';

const options = openconfigOptions.parse({ host: 'leaf1', username: 'admin' });
const TYPE = '<type xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">t:ethernetCsmacd</type>';
const switched = (inner: string, state = '') =>
  `<ethernet xmlns="http://openconfig.net/yang/interfaces/ethernet"><switched-vlan xmlns="http://openconfig.net/yang/vlan"><config>${inner}</config>${state}</switched-vlan></ethernet>`;
const port = (inner: string, name = 'Ethernet1') =>
  `<interface><name>${name}</name><config><name>${name}</name>${TYPE}</config>${inner}</interface>`;

function read(interfaces: string, vlans = ''): NetconfPorts {
  const reply = (inner: string) => [parseXml(`<data xmlns="${NETCONF}">${inner}</data>`)];
  const all = vlans === '' ? '' : `<vlans>${vlans}</vlans>`;
  return ports.read(
    [
      reply(`<interfaces xmlns="http://openconfig.net/yang/interfaces">${interfaces}</interfaces>`),
      reply(
        `<network-instances xmlns="http://openconfig.net/yang/network-instance"><network-instance><name>default</name>${all}</network-instance></network-instances>`,
      ),
    ],
    options,
  );
}

const set = (settings: Partial<PortSettings>): Change => ({
  op: 'port-set',
  portId: 'Ethernet1',
  settings: { adminUp: true, mode: 'access', untagged: 10, tagged: [], ...settings },
});
const changed = (now: NetconfPorts, ...changes: Change[]) =>
  differing(
    changes.flatMap((change) => edits(change, now, options)),
    now.config,
  );
const said = (now: NetconfPorts, ...changes: Change[]) => changed(now, ...changes).flatMap(lines);

const PORT = 'interfaces/interface[name=Ethernet1]';
const VLANS = `${PORT}/ethernet/switched-vlan/config`;
const access = read(port(switched('<interface-mode>ACCESS</interface-mode><access-vlan>10</access-vlan>')));

test('access to trunk: the whole of switched-vlan is replaced, the native VLAN among the list', () => {
  const move = set({ adminUp: false, mode: 'trunk', untagged: 12, tagged: [10, 11, 30] });
  expect(said(access, move)).toEqual([
    `${PORT}/config/enabled = false`,
    `delete ${VLANS}`,
    `${VLANS}/interface-mode = TRUNK`,
    `${VLANS}/native-vlan = 12`,
    `${VLANS}/trunk-vlans = 10..12`,
    `${VLANS}/trunk-vlans = 30`,
  ]);
  const [edit] = editTree(changed(access, move), platform.style);
  const xml = edit ? writeXml(edit) : '';
  expect(xml).toMatch(
    /<config xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" nc:operation="replace"><interface-mode>/,
  );
  expect(xml.match(/operation=/g)).toHaveLength(2);
});

test('a trunk of no VLAN would carry all: it is refused before anything is sent', () => {
  expect(() => edits(set({ mode: 'trunk', untagged: null }), access, options)).toThrow(/would carry all/);
  expect(() => edits(set({ untagged: null }), access, options)).toThrow(/needs a VLAN/);
  expect(() => edits(set({ untagged: 0 }), access, options)).toThrow();
});

test('VLANs are made once, and woken when they are suspended', () => {
  const vlan = (id: number, status: string) =>
    `<vlan><vlan-id>${id}</vlan-id><config><vlan-id>${id}</vlan-id><status>${status}</status></config></vlan>`;
  const now = read('', vlan(10, 'ACTIVE') + vlan(20, 'SUSPENDED'));
  expect(now.vlans).toEqual([10]);
  const create = (id: number): Change => ({ op: 'vlan-create', vlan: id, name: `v${id}` });
  const at = (id: number) => `network-instances/network-instance[name=default]/vlans/vlan[vlan-id=${id}]/config`;
  expect(said(now, create(10), create(20), create(30))).toEqual([
    `${at(20)}/status = ACTIVE`,
    `${at(30)}/vlan-id = 30`,
    `${at(30)}/name = v30`,
    `${at(30)}/status = ACTIVE`,
  ]);
});

test('what is applied wins over what is configured; a trunk without a list carries every VLAN', () => {
  const state = '<state><interface-mode>TRUNK</interface-mode><native-vlan>1</native-vlan></state>';
  const [found] = read(port(switched('<interface-mode>ACCESS</interface-mode>', state))).ports;
  expect(found).toMatchObject({ mode: 'trunk', untagged: 1, foreign: null });
  expect(found?.tagged).toHaveLength(4093);
});

test.each([
  [
    'a member of an aggregate',
    port('<ethernet xmlns="urn:e"><config><aggregate-id xmlns="urn:a">po1</aggregate-id></config></ethernet>'),
    /member of po1/,
  ],
  ['no switched-vlan', port('<ethernet xmlns="urn:e"/>'), /routed/],
  [
    'a subinterface',
    port(
      `${switched('<interface-mode>ACCESS</interface-mode><access-vlan>1</access-vlan>')}<subinterfaces><subinterface><index>7</index></subinterface></subinterfaces>`,
    ),
    /subinterface 7/,
  ],
  [
    'an unreadable list',
    port(switched('<interface-mode>TRUNK</interface-mode><trunk-vlans>x</trunk-vlans>')),
    /could not be read/,
  ],
  [
    'a native VLAN outside its list',
    port(switched('<interface-mode>TRUNK</interface-mode><native-vlan>9</native-vlan><trunk-vlans>10</trunk-vlans>')),
    /not among/,
  ],
])('a port with %s is foreign', (_what, interfaces, reason) => {
  expect(read(interfaces).ports[0]?.foreign).toMatch(reason);
});
