import { expect, test } from 'vitest';
import { foreignSettings } from '../../../switch-drivers/aruba-aoscx/readers/port-config.ts';
import type { PortRow } from '../../../switch-drivers/contract/rows.ts';
import { read } from './read-output.ts';

const CONFIG = `Current configuration:
!
!Version ArubaOS-CX FL.10.10.1050
!export-password: default
hostname leaf1
banner motd #
interface 1/1/99
# is over
user admin group administrators password ciphertext AQBapb
vlan 1,10-12
vlan 20
    name blue
interface mgmt
    no shutdown
    ip dhcp
interface lag 7 multi-chassis
    no shutdown
    description to the spine
    no routing
    vlan trunk native 10 tag
    vlan trunk allowed 10-12
    lacp mode active
interface 1/1/1
    no shutdown
    mtu 9198
    lag 7
interface 1/1/2
    no routing
    vlan access 20
interface 1/1/3
    no shutdown
    no routing
interface 1/1/4
    no shutdown
    no routing
    vlan trunk native 20
    vlan trunk allowed 10,12
    vlan trunk allowed 11
    vlan translate 10 110
    port-access onboarding-method concurrent enable
interface 1/1/5
    vlan trunk native 20
    exit
interface 1/1/6
    no shutdown
    ip address 10.0.0.1/31
interface 1/1/7
    vlan access 4095
    orbit the moon
interface vlan 20
    ip address 10.2.0.1/24
dance
    on the table
`;

test('the configuration: defaults, both modes, members, and what a row cannot express', () => {
  const { rows, unparsed } = read('show running-config', CONFIG);
  const by = new Map((rows as PortRow[]).map((row) => [row.portId, row]));
  expect([...by.keys()].join()).toBe('mgmt,lag7,1/1/1,1/1/2,1/1/3,1/1/4,1/1/5,1/1/6,1/1/7,vlan20');
  expect(by.get('lag7')).toEqual({
    portId: 'lag7',
    adminUp: true,
    operUp: null,
    mode: 'trunk',
    untagged: null,
    tagged: [10, 11, 12],
    lag: null,
    description: 'to the spine',
    mtu: null,
  });
  expect(by.get('1/1/1')).toMatchObject({ adminUp: true, lag: 'lag7', mode: null, mtu: 9198 });
  expect(by.get('1/1/2')).toMatchObject({ adminUp: false, mode: 'access', untagged: 20, tagged: [] });
  expect(by.get('1/1/3')).toMatchObject({ mode: 'access', untagged: 1 });
  expect(by.get('1/1/4'), 'a native VLAN that is not allowed').toMatchObject({ untagged: null, tagged: [10, 11, 12] });
  expect(by.get('1/1/5')).toMatchObject({ mode: 'trunk', untagged: 20, tagged: 'all' });
  expect(by.get('1/1/6')).toMatchObject({ mode: 'routed', untagged: null });
  expect(by.get('vlan20')).toMatchObject({ mode: 'routed', adminUp: true });
  expect(unparsed.map((line) => line.trim())).toEqual(['vlan access 4095', 'orbit the moon', 'dance', 'on the table']);
  expect([...foreignSettings(CONFIG)]).toEqual([
    ['1/1/4', ['vlan translate 10 110', 'port-access onboarding-method concurrent enable']],
    ['1/1/7', ['vlan access 4095']],
  ]);
});
