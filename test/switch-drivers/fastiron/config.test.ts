import { expect, test } from 'vitest';
import { foreignSettings, portConfig } from '../../../switch-drivers/fastiron/readers/port-config.ts';
import { read } from './read.ts';

const CONFIG = [
  'ver 08.0.90T211',
  'lag core dynamic id 1',
  ' ports ethe 1/2/1 to 1/2/2',
  '!',
  'vlan 1 name DEFAULT-VLAN by port',
  ' no untagged ethe 1/1/4',
  '!',
  'vlan 10 name "two words" by port',
  ' tagged ethe 1/1/2 to 1/1/4 lag 1',
  ' untagged ethe 1/1/1',
  ' router-interface ve 10',
  '!',
  'vlan 20 by port',
  ' tagged ethe 1/1/2',
  ' pvlan type isolated',
  '!',
  'interface ethernet 1/1/1',
  ' port-name "uplink of rack 1"',
  ' disable',
  ' voice-vlan 30',
  '!',
  'interface ethernet 1/1/2',
  ' dual-mode  20',
  ' spanning-tree 802-1w admin-edge-port',
  ' brand new setting',
  '!',
  'interface ethernet 1/1/5',
  ' speed-duplex 100-full',
  '!',
  'interface ethernet 1/1/6',
  ' ip address 10.0.0.1 255.255.255.0',
  '!',
].join('\n');

test('ports from the three parts of the configuration', () => {
  const { rows, unparsed } = portConfig.read(CONFIG);
  expect(unparsed).toEqual([' brand new setting']);
  const row = (portId: string) => rows.find((one) => one.portId === portId);
  expect(row('ethernet1/1/1')).toEqual({
    portId: 'ethernet1/1/1',
    adminUp: false,
    operUp: null,
    mode: 'access',
    untagged: 10,
    tagged: [],
    lag: null,
    description: 'uplink of rack 1',
    mtu: null,
  });
  expect(row('ethernet1/1/2')).toMatchObject({ mode: 'trunk', untagged: 20, tagged: [10] });
  expect(row('ethernet1/1/3')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  expect(row('ethernet1/1/4')).toMatchObject({ mode: 'trunk', untagged: null, tagged: [10] });
  expect(row('ethernet1/1/5')).toMatchObject({ mode: 'access', untagged: 1, tagged: [], adminUp: true });
  expect(row('ethernet1/1/6')).toMatchObject({ mode: 'routed', untagged: null, tagged: [] });
  expect(row('lag1')).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  expect(row('ethernet1/2/2')).toMatchObject({ mode: null, lag: 'lag1' });
  expect(foreignSettings(CONFIG)).toEqual(
    new Map([
      ['ethernet1/1/1', ['voice-vlan 30']],
      ['ethernet1/1/2', ['dual-mode 20', 'vlan 20: pvlan type isolated']],
    ]),
  );
});

test('the interface part alone says nothing of VLANs', () => {
  const { rows } = read('show running-config interface', 'interface ethernet 1/1/1\n port-name x\n!\n');
  expect(rows).toMatchObject([{ portId: 'ethernet1/1/1', mode: null, untagged: null, tagged: null, description: 'x' }]);
});
