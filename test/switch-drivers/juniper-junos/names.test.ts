import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/juniper-junos/outputs.ts';
import { canonicalName, isSwitchPort, shortName } from '../../../switch-drivers/juniper-junos/port-names.ts';

test('names', () => {
  expect(canonicalName('ge-0/0/3.0')).toBe('ge-0/0/3');
  expect(canonicalName('xe-0/0/1:2')).toBe('xe-0/0/1:2');
  expect(canonicalName('node1:xe-0/0/1.0')).toBe('node1:xe-0/0/1');
  expect(canonicalName('ae112')).toBe('ae112');
  expect(canonicalName('ge-0/0/3.100')).toBe('ge-0/0/3.100');
  expect(canonicalName('irb.100')).toBe('irb.100');
  for (const text of ['', 'Router', '-', 'v100', 'ge-0/0', 'All-members', '1'])
    expect(canonicalName(text), text).toBeNull();
  expect(['ge-0/0/3', 'ae0', 'irb.1', 'me0', 'ge-0/0/3.100'].map(isSwitchPort)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(shortName('ge-0/0/3')).toBe('ge-0/0/3.0');
});

test('nothing throws, is lost or takes long', () => {
  const garbage = [
    'x'.repeat(1_000_000),
    `a${' '.repeat(500_000)}b${' '.repeat(400_000)}c?`,
    `  LH - ${'a, '.repeat(300_000)};`,
    `set ${'"a '.repeat(300_000)}`,
    'ge-0/0/0.0 '.repeat(90_000),
    '\u0000\u001b[2J\ufffd',
  ];
  for (const reader of outputs) {
    for (const text of garbage) {
      const started = performance.now();
      const { rows, unparsed } = reader.read(text);
      expect(rows).toEqual([]);
      // A legend's line may look like this one.
      if (!text.startsWith('  LH')) expect(unparsed).toEqual([text.trimEnd()]);
      expect(performance.now() - started).toBeLessThan(5000);
    }
    expect(reader.read('')).toEqual({ rows: [], unparsed: [] });
  }
});
