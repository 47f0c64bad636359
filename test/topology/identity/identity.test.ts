import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chassisIdOf, chassisKey, portIdOf } from '../../../topology/identity/lldp-id.ts';
import { parseMac, tryParseMac } from '../../../topology/identity/mac.ts';
import { type ListedPort, matchPort, matchSwitch, samePortKind } from '../../../topology/identity/match.ts';
import { portNameKey } from '../../../topology/identity/port-name.ts';

const octets = (text: string) => new Uint8Array(Buffer.from(text));
const listed = (...names: string[]): ListedPort[] => names.map((portId) => ({ portId, aliases: [] }));

const notations: Record<string, (octet: string[]) => string> = {
  colons: (o) => o.join(':'),
  hyphens: (o) => o.join('-'),
  'upper case': (o) => o.join(':').toUpperCase(),
  'no leading zeros': (o) => o.map((one) => one.replace(/^0/, '')).join(':'),
  dotted: (o) => `${o[0]}${o[1]}.${o[2]}${o[3]}.${o[4]}${o[5]}`,
  'three groups with hyphens': (o) => `${o[0]}${o[1]}-${o[2]}${o[3]}-${o[4]}${o[5]}`,
  'two groups': (o) => `${o.slice(0, 3).join('')}-${o.slice(3).join('')}`,
  bare: (o) => o.join(''),
  'with space around': (o) => ` ${o.join(':')}\n`,
};

test.each(Object.entries(notations))('a MAC is read in the notation: %s', (_, write) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
      const octet = [...bytes].map((one) => one.toString(16).padStart(2, '0'));
      expect(parseMac(write(octet))).toBe(octet.join(':'));
    }),
  );
});

test.each([
  '',
  '52:54:00:12:34',
  '52:54:00:12:34:56:78',
  '52:54-00:12:34:56',
  '5254.0012-3456',
  '52:54:00:12:34:5g',
  'e1',
])('"%s" is no MAC', (text) => {
  expect(tryParseMac(text)).toBeNull();
  expect(() => parseMac(text)).toThrowError(expect.objectContaining({ code: 'mac_invalid' }));
});

test('ids of every subtype become text: addresses by their subtype, text as it is, the rest in hex', () => {
  const mac = new Uint8Array([0x52, 0x54, 0, 0, 0, 1]);
  expect(chassisIdOf({ subtype: 4, id: mac })).toEqual({ subtype: 4, value: '52:54:00:00:00:01' });
  expect(portIdOf({ subtype: 3, id: mac })).toEqual({ subtype: 3, value: '52:54:00:00:00:01' });
  expect(chassisIdOf({ subtype: 5, id: new Uint8Array([1, 192, 0, 2, 1]) }).value).toBe('192.0.2.1');
  expect(chassisIdOf({ subtype: 7, id: octets('leaf-1') }).value).toBe('leaf-1');
  expect(portIdOf({ subtype: 2, id: octets('1/1\0') }).value).toBe('1/1');
  expect(portIdOf({ subtype: 7, id: new Uint8Array([0, 7]) }).value).toBe('0x0007');
});

test('a chassis is compared as a MAC in any notation, else by its exact text', () => {
  expect(chassisKey('5254.0000.0001')).toBe(chassisKey('52:54:00:00:00:01'));
  expect(chassisKey(' leaf-1 ')).toBe('leaf-1');
  expect(chassisKey('leaf-1')).not.toBe(chassisKey('Leaf-1'));
});

test.each([
  ['Ethernet1/1', ['Eth1/1', 'Et1/1', 'e1/1', 'ethernet 1/1']],
  ['Ethernet49/1', ['Et49/1']],
  ['GigabitEthernet1/0/1', ['Gi1/0/1', 'GE1/0/1', 'gigabitethernet1/0/1', 'Gi 1/0/1']],
  ['TenGigabitEthernet1/0/1', ['Te1/0/1', 'TenGigE1/0/1']],
  ['Ten-GigabitEthernet1/0/1', ['XGE1/0/1', 'Te1/0/1']],
  ['TwentyFiveGigE1/0/1', ['Twe1/0/1', 'WGE1/0/1']],
  ['TwoGigabitEthernet1/0/1', ['Tw1/0/1']],
  ['HundredGigE1/0/1', ['Hu1/0/1', 'HGE1/0/1']],
  ['port-channel10', ['Po10', 'Port-Channel10']],
  ['mgmt0', ['Management0']],
  ['xe-0/0/1', ['xe-0/0/1.0']],
  ['et-0/0/1:3', ['et-0/0/1:3.0']],
  ['swp1', ['swp1']],
  ['00:11:22:33:44:55', ['0011.2233.4455']],
])('%s is found under its other spellings', (portId, spellings) => {
  for (const spelling of spellings) expect(matchPort(spelling, listed('other', portId))).toEqual({ found: portId });
});

test.each([
  ['Ethernet1/1', 'Ethernet1/10'],
  ['Ethernet1/1', 'Ethernet1/1/1'],
  ['Ethernet1/1', 'GigabitEthernet1/1'],
  ['TwoGigabitEthernet1/0/1', 'TwentyFiveGigE1/0/1'],
  ['GigabitEthernet1/0/1', 'GigabitEthernet1/0/1.100'],
  ['xe-0/0/1', 'xe-0/0/1.100'],
  ['xe-0/0/1', 'ge-0/0/1'],
  ['swp1', 'swp10'],
  ['swp1', 'SWP1'],
])('%s and %s are different ports', (a, b) => {
  expect(portNameKey(a)).not.toBe(portNameKey(b));
  expect(matchPort(b, listed(a))).toEqual({ unknown: b });
});

test('the exact name goes before an alias, that before the grammar', () => {
  const ports = [
    { portId: 'Ethernet4', aliases: ['Eth2'] },
    { portId: 'Ethernet2', aliases: ['Eth1', 'Ethernet4'] },
  ];
  expect(matchPort('Ethernet4', ports)).toEqual({ found: 'Ethernet4' });
  expect(matchPort('Eth2', ports)).toEqual({ found: 'Ethernet4' });
  expect(matchPort('Et2', ports)).toEqual({ ambiguous: ['Ethernet4', 'Ethernet2'] });
});

test('what may be several ports is ambiguous, never a guess', () => {
  const mac = '00:11:22:33:44:55';
  const ports = ['p1', 'p2'].map((portId) => ({ portId, aliases: [mac] }));
  expect(matchPort(mac, ports)).toEqual({ ambiguous: ['p1', 'p2'] });
  expect(matchPort('0011.2233.4455', ports)).toEqual({ ambiguous: ['p1', 'p2'] });
});

test('whatever LLDP says, only names out of the list of the switch come back', () => {
  const name = fc.oneof(
    fc.constantFrom('Eth1/1', 'Ethernet1/1', 'Et1/2', 'swp1', 'xe-0/0/1', 'xe-0/0/1.0', '__proto__', 'constructor1'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const port = fc.record({ portId: name, aliases: fc.array(name, { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(port, { maxLength: 6 }), name, (ports, said) => {
      const own = new Set(ports.map(({ portId }) => portId));
      const match = matchPort(said, ports);
      if ('found' in match) expect(own.has(match.found)).toBe(true);
      if ('ambiguous' in match) {
        expect(match.ambiguous.length).toBeGreaterThan(1);
        expect(match.ambiguous.every((one) => own.has(one))).toBe(true);
      }
      if ('unknown' in match) expect(own.has(said.trim())).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('a switch is found under any of its chassis ids; two that claim one id are none', () => {
  const [a, b] = [{ chassisIds: ['52:54:00:00:00:01', 'leaf-1'] }, { chassisIds: ['leaf-2'] }];
  expect(matchSwitch('5254-0000-0001', [a, b])).toBe(a);
  expect(matchSwitch('leaf-1', [a, b])).toBe(a);
  expect(matchSwitch('leaf-3', [a, b])).toBeNull();
  expect(matchSwitch('leaf-1', [a, { chassisIds: ['leaf-1'] }])).toBeNull();
});

test('only ids of one kind can be told apart', () => {
  expect(samePortKind('Eth1/1', 'Eth1/2')).toBe(true);
  expect(samePortKind('00:11:22:33:44:55', '0011.2233.4456')).toBe(true);
  expect(samePortKind('00:11:22:33:44:55', 'Eth1/2')).toBe(false);
});
