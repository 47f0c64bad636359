import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildFrame, encode } from '../../../topology/lldp/index.ts';
import { type Rig, startRig } from '../simulator/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.stop());

const MAC = '52:54:00:00:00:07';

test('describes itself with chassis id and port aliases', async () => {
  const session = await rig.open();
  const description = await session.describe();
  expect(description).toMatchObject({
    platform: 'arista-eos',
    model: 'vEOS-lab',
    version: '4.32.1F',
    hostname: 'leaf1',
    chassisIds: ['00:1c:73:00:00:01'],
  });
  expect(description.ports[0]).toEqual({ portId: 'Ethernet1', aliases: ['Et1'] });
  expect(description.ports).toHaveLength(8);
});

test('reads access, trunk, tagged native, routed, LAG member, shut and unmodelled ports', async () => {
  rig.sim.model.setLink('Ethernet1', true);
  rig.sim.model.change('set-up', ({ vlans, ports }) => {
    for (const id of [10, 11, 20]) vlans[id] = { name: `v${id}`, active: id !== 20 };
    Object.assign(ports.Ethernet1!, { accessVlan: 10, description: 'rack "7"; node `a`' });
    Object.assign(ports.Ethernet2!, { mode: 'trunk', nativeVlan: 10, allowed: [10, 11] });
    Object.assign(ports.Ethernet3!, { mode: 'trunk', nativeVlan: 'tag', allowed: [11] });
    Object.assign(ports.Ethernet4!, { mode: 'trunk', nativeVlan: 1, allowed: [10] });
    Object.assign(ports.Ethernet5!, { routed: true });
    Object.assign(ports.Ethernet6!, { lag: 'Port-Channel7' });
    ports['Port-Channel7'] = { ...structuredClone(ports.Ethernet8!), accessVlan: 11 };
    Object.assign(ports.Ethernet7!, { adminUp: false, extra: ['switchport trunk group blue'] });
  });
  const session = await rig.open();
  const { ports, vlans } = await session.read();
  const port = (id: string) => ports.find(({ portId }) => portId === id);
  expect(vlans, 'a suspended VLAN carries nothing').toEqual([1, 10, 11]);
  expect(port('Ethernet1')).toMatchObject({
    adminUp: true,
    operUp: true,
    mode: 'access',
    untagged: 10,
    tagged: [],
    description: 'rack "7"; node `a`',
    foreign: null,
  });
  expect(port('Ethernet2')).toMatchObject({ mode: 'trunk', untagged: 10, tagged: [11], operUp: false });
  expect(port('Ethernet3')).toMatchObject({ mode: 'trunk', untagged: null, tagged: [11] });
  expect(port('Ethernet4'), 'a native VLAN that is not allowed passes nothing').toMatchObject({
    untagged: null,
    tagged: [10],
  });
  expect(port('Ethernet5')?.foreign).toMatch(/routed/);
  expect(port('Ethernet6')).toMatchObject({ lag: 'Port-Channel7' });
  expect(port('Ethernet6')?.foreign).toMatch(/Port-Channel7/);
  expect(port('Ethernet7')).toMatchObject({ adminUp: false });
  expect(port('Ethernet7')?.foreign).toMatch(/trunk group blue/);
  expect(port('Port-Channel7')).toMatchObject({ untagged: 11, foreign: null });
});

test('a trunk that was never given a list is read as all VLANs', async () => {
  rig.sim.model.change('set-up', ({ ports }) => {
    ports.Ethernet1!.mode = 'trunk';
  });
  const { ports } = await (await rig.open()).read(['Ethernet1']);
  expect(ports[0]).toMatchObject({ mode: 'trunk', untagged: 1 });
  expect(ports[0]?.tagged).toHaveLength(4093);
});

test('tells LLDP neighbours and the MAC table from frames that the switch really saw', async () => {
  const { model } = rig.sim;
  model.setLink('Ethernet3', true);
  const id = Buffer.from(MAC.replaceAll(':', ''), 'hex');
  const payload = encode({
    tlvs: [
      { kind: 'chassis-id', subtype: 4, id },
      { kind: 'port-id', subtype: 3, id },
      { kind: 'ttl', seconds: 120 },
      { kind: 'system-name', text: 'evil\nleaf1#' },
      { kind: 'end' },
    ],
  });
  expect(model.forward('Ethernet3', Buffer.from(buildFrame({ source: MAC, payload })))).toEqual([]);
  model.forward('Ethernet3', Buffer.concat([Buffer.alloc(6, 0xff), id, Buffer.from('0806', 'hex'), Buffer.alloc(46)]));
  const session = await rig.open();
  expect(await session.neighbors()).toEqual([
    {
      portId: 'Ethernet3',
      chassisIdSubtype: 4,
      chassisId: MAC,
      portIdSubtype: 3,
      remotePortId: MAC,
      systemName: 'evil\nleaf1#',
    },
  ]);
  expect(await session.macTable()).toEqual([{ mac: MAC, vlan: 1, portId: 'Ethernet3' }]);
});

test('an unknown port is refused by name', async () => {
  const session = await rig.open();
  await expect(session.read(['Ethernet99'])).rejects.toMatchObject({ code: 'switch_port_unknown' });
  await expect(session.read(['et1']), 'only canonical names').rejects.toMatchObject({ code: 'switch_port_unknown' });
});
