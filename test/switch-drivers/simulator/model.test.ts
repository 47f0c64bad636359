import { beforeEach, expect, test } from 'vitest';
import { SwitchModel } from '../../../switch-drivers/simulator/model/switch-model.ts';
import { decode, idText, parseFrame } from '../../../topology/lldp/index.ts';

let model: SwitchModel;
beforeEach(() => {
  model = new SwitchModel({ name: 'leaf1', chassisMac: '00:1c:73:00:00:01', ports: ['p1', 'p2', 'p3', 'p4'] });
  model.change('set-up', ({ vlans, ports }) => {
    vlans[10] = { name: 'ten', active: true };
    vlans[20] = { name: 'twenty', active: true };
    for (const port of ['p1', 'p2']) ports[port]!.accessVlan = 10;
    Object.assign(ports.p3!, { mode: 'trunk', nativeVlan: 'tag', allowed: [10, 20] });
    ports.p4!.accessVlan = 20;
  });
  for (const port of model.portIds) model.setLink(port, true);
});

const mac = (octet: number) => Buffer.from([0x52, 0x54, 0, 0, 0, octet]);
const broadcast = Buffer.alloc(6, 0xff);
const ip = Buffer.from('0800', 'hex');
const frame = (to: Buffer, from: Buffer, tag: number[] = []) =>
  Buffer.concat([to, from, Buffer.from(tag), ip, Buffer.from('payload')]);
const TAG10 = [0x81, 0, 0, 10];

test('a broadcast reaches the ports of its VLAN, tagged where they are trunks, and no other', () => {
  expect(model.forward('p1', frame(broadcast, mac(1)))).toEqual([
    { portId: 'p2', frame: frame(broadcast, mac(1)) },
    { portId: 'p3', frame: frame(broadcast, mac(1), TAG10) },
  ]);
});

test('a tagged frame enters only where its VLAN is allowed', () => {
  expect(model.forward('p3', frame(broadcast, mac(3), TAG10)).map(({ portId }) => portId)).toEqual(['p1', 'p2']);
  expect(model.forward('p1', frame(broadcast, mac(1), TAG10))).toEqual([]);
  expect(model.forward('p3', frame(broadcast, mac(3))), 'untagged on a tagged native VLAN').toEqual([]);
});

test('what was learned goes to its port only, until the port leaves the VLAN', () => {
  model.forward('p2', frame(broadcast, mac(2)));
  expect(model.forward('p1', frame(mac(2), mac(1))).map(({ portId }) => portId)).toEqual(['p2']);
  model.change('move', ({ ports }) => {
    ports.p2!.accessVlan = 20;
  });
  expect(model.macTable().map(({ portId }) => portId)).toEqual(['p1']);
  expect(model.forward('p1', frame(mac(2), mac(1))).map(({ portId }) => portId)).toEqual(['p3']);
});

test('reach follows VLAN, VLAN existence, admin state and link', () => {
  expect(model.canReach('p1', 'p2')).toBe(true);
  expect(model.canReach('p1', 'p4')).toBe(false);
  model.change('suspend', ({ vlans }) => {
    vlans[10]!.active = false;
  });
  expect(model.canReach('p1', 'p2')).toBe(false);
  expect(model.vlanOf('p1')).toBeNull();
  model.change('resume', ({ vlans }) => {
    vlans[10]!.active = true;
  });
  model.setLink('p2', false);
  expect(model.canReach('p1', 'p2')).toBe(false);
  expect(model.forward('p2', frame(broadcast, mac(2)))).toEqual([]);
});

test('every change of a port is told and logged, in order, and only then', () => {
  const told: string[] = [];
  const stop = model.onChange(({ portId, untagged, cause }) => told.push(`${portId} ${untagged} ${cause}`));
  model.change('same', () => {});
  model.change('move', ({ ports }) => {
    ports.p1!.accessVlan = 20;
  });
  stop();
  model.setLink('p1', false);
  expect(told).toEqual(['p1 20 move']);
  expect(model.history.slice(-2).map(({ cause }) => cause)).toEqual(['move', 'link down']);
});

test('the LLDP frame names chassis, port and VLAN as they are now; a port that is down sends none', () => {
  const sent = parseFrame(model.lldpFrame('p1')!);
  const lldpdu = decode(sent!.payload);
  expect(lldpdu.errors).toEqual([]);
  expect(idText('chassis', lldpdu.chassisId!.subtype, lldpdu.chassisId!.id)).toBe('00:1c:73:00:00:01');
  expect(lldpdu.chassisId?.subtype).toBe(4);
  expect(lldpdu.portId?.subtype).toBe(5);
  expect(idText('port', 5, lldpdu.portId!.id)).toBe('p1');
  expect(lldpdu.systemName).toBe('leaf1');
  expect(lldpdu.tlvs).toContainEqual(expect.objectContaining({ kind: 'dot1-port-vlan-id', vlan: 10 }));
  model.setLink('p1', false);
  expect(model.lldpFrame('p1')).toBeNull();
});

test('LLDP is heard and not forwarded; a partner that leaves is forgotten', () => {
  const other = new SwitchModel({ name: 'spine', chassisMac: '00:1c:73:00:00:02', ports: ['e1'] });
  other.setLink('e1', true);
  expect(model.forward('p1', other.lldpFrame('e1')!)).toEqual([]);
  expect(model.neighbors()).toEqual([
    expect.objectContaining({ portId: 'p1', chassisId: '00:1c:73:00:00:02', remotePortId: 'e1', systemName: 'spine' }),
  ]);
  model.setLink('p1', false);
  expect(model.neighbors()).toEqual([]);
});

test('members of a LAG do as the LAG is told, and a flood leaves by one of them', () => {
  model.change('lag', ({ ports }) => {
    ports.lag1 = { ...structuredClone(ports.p1!), accessVlan: 20 };
    ports.p1!.lag = 'lag1';
    ports.p2!.lag = 'lag1';
  });
  expect(model.vlanOf('p1')).toBe(20);
  const out = model.forward('p4', frame(broadcast, mac(4))).map(({ portId }) => portId);
  expect(out.filter((port) => port === 'p1' || port === 'p2')).toHaveLength(1);
});

test('a reboot brings back what was saved and nothing else', () => {
  model.save();
  model.change('move', ({ ports }) => {
    ports.p1!.accessVlan = 20;
  });
  model.reboot();
  expect(model.port('p1').untagged).toBe(10);
  expect(model.macTable()).toEqual([]);
});
