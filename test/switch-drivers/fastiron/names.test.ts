import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/fastiron/outputs.ts';
import { canonicalName, isSwitchPort, portList, shortName } from '../../../switch-drivers/fastiron/port-names.ts';

test('names in every form', () => {
  const forms = [
    '1/1/1',
    'e 1/1/1',
    'ethe 1/1/1',
    'ethernet 1/1/1',
    'Ethernet1/1/1',
    'GigabitEthernet1/1/1',
    '10GigabitEthernet1/1/1',
  ];
  for (const form of forms) expect(canonicalName(form), form).toBe('ethernet1/1/1');
  expect(canonicalName('1/2/1:4')).toBe('ethernet1/2/1:4');
  expect(canonicalName('lg12')).toBe('lag12');
  expect(canonicalName('lag 12')).toBe('lag12');
  expect(canonicalName('GigEthernetmgmt1')).toBe('management1');
  expect(canonicalName('ve 4085')).toBe('ve4085');
  for (const text of ['', 'CPU', 'foo1', '1/2/3/4', 'N/A', 'ethernet', '10lag1'])
    expect(canonicalName(text), text).toBeNull();
  expect(['ethernet1/1/1', 'lag1', 'management1', 've10'].map(shortName)).toEqual(['1/1/1', 'lg1', 'mgmt1', 've10']);
  expect(['ethernet1/1/1', 'lag1', 'management1', 've10'].map(isSwitchPort)).toEqual([true, true, false, false]);
  expect(portList('ethe 1/1/3 to 1/1/5 ethe 1/2/1 lag 1 to 2')).toEqual([
    'ethernet1/1/3',
    'ethernet1/1/4',
    'ethernet1/1/5',
    'ethernet1/2/1',
    'lag1',
    'lag2',
  ]);
  expect(portList('ethe 1/1/3 to 1/2/5')).toBeNull();
});

test('nothing throws, is lost or takes long', () => {
  const garbage = [
    'x'.repeat(1_000_000),
    `a${' '.repeat(500_000)}b${' '.repeat(400_000)}c`,
    `1/1/1 Up ${'None '.repeat(200_000)}`,
    'dynamic Y 1 '.repeat(80_000),
    '\u0000\u001b[2J\ufffd',
  ];
  for (const reader of outputs) {
    for (const text of garbage) {
      const started = performance.now();
      expect(reader.read(text)).toEqual({ rows: [], unparsed: [text.trimEnd()] });
      expect(performance.now() - started).toBeLessThan(5000);
    }
    expect(reader.read('')).toEqual({ rows: [], unparsed: [] });
  }
});
