import { expect, test } from 'vitest';
import { bridgePorts } from '../../../switch-drivers/linux/readers/bridge-ports.ts';
import { lldpNeighbors, localChassisIds } from '../../../switch-drivers/linux/readers/lldp.ts';

const link = (ifname: string, extra: object = {}) => ({ ifname, flags: ['UP'], operstate: 'UP', ...extra });
const LINKS = JSON.stringify([
  link('lo', { operstate: 'UNKNOWN' }),
  link('br0', { linkinfo: { info_kind: 'bridge', info_data: { vlan_filtering: 1 } } }),
  link('br1', { linkinfo: { info_kind: 'bridge', info_data: { vlan_filtering: 0 } } }),
  link('bond1', { master: 'br0', linkinfo: { info_kind: 'bond' } }),
  link('swp10', { master: 'br0', flags: [], operstate: 'DOWN' }),
  link('swp2', { master: 'br0' }),
  link('swp3', { master: 'bond1' }),
  link('swp4', { master: 'br1' }),
  link('swp5', { master: 'br0' }),
  link('swp6'),
  link('vxlan1', { master: 'br0', linkinfo: { info_kind: 'vxlan' } }),
]);
const VLANS = JSON.stringify([
  { ifname: 'bond1', vlans: [{ vlan: 10, vlanEnd: 12 }] },
  { ifname: 'swp2', vlans: [{ vlan: 10, flags: ['PVID', 'Egress Untagged'] }, { vlan: 20 }] },
  {
    ifname: 'swp5',
    vlans: [
      { vlan: 10, flags: ['PVID', 'Egress Untagged'] },
      { vlan: 20, flags: ['Egress Untagged'] },
    ],
  },
]);

test('ports of VLAN-aware bridges are ours; what our settings cannot say is foreign', () => {
  expect(bridgePorts([LINKS, VLANS], (name) => name.startsWith('swp'))).toMatchObject([
    { portId: 'bond1', mode: 'trunk', untagged: null, tagged: [10, 11, 12], foreign: null },
    { portId: 'swp2', mode: 'trunk', untagged: 10, tagged: [20], foreign: null },
    { portId: 'swp3', lag: 'bond1', foreign: 'it is a member of bond1' },
    { portId: 'swp4', foreign: expect.stringContaining('does not filter VLANs') },
    { portId: 'swp5', foreign: 'VLAN 20 leaves it untagged and is not its PVID' },
    { portId: 'swp6', foreign: 'it is in no bridge' },
    { portId: 'swp10', adminUp: false, operUp: false, untagged: null, tagged: [] },
  ]);
});

test('lldpd’s neighbours: LLDP alone, with the subtypes of IEEE 802.1AB', () => {
  const heard = (via: string) => ({
    name: 'swp1',
    via,
    chassis: [{ id: [{ type: 'mac', value: '72:35:7E:09:11:4B' }], name: [{ value: 'server1' }] }],
    port: [{ id: [{ type: 'ifname', value: 'eth0' }], descr: [{ value: 'first' }] }],
  });
  const output = JSON.stringify({ lldp: [{ interface: [heard('LLDP'), heard('CDPv2')] }] });
  expect(lldpNeighbors.read(output).rows).toEqual([
    {
      portId: 'swp1',
      chassisIdSubtype: 4,
      chassisId: '72:35:7e:09:11:4b',
      portIdSubtype: 5,
      remotePortId: 'eth0',
      portDescription: 'first',
      systemName: 'server1',
      systemDescription: null,
      managementAddresses: [],
    },
  ]);
  expect(lldpNeighbors.read('{"lldp":[{}]}').rows).toEqual([]);
  expect(() => lldpNeighbors.read('lldpcli: not running')).toThrow(
    expect.objectContaining({ code: 'switch_output_invalid' }),
  );
  const own = { 'local-chassis': [{ chassis: [{ id: [{ type: 'mac', value: 'ce:ed:9c:5b:a0:0c' }] }] }] };
  expect(localChassisIds(JSON.stringify(own))).toEqual(['ce:ed:9c:5b:a0:0c']);
});
