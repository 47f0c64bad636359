import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/zte-zxros/outputs.ts';
import { canonicalName, isSwitchPort, portList } from '../../../switch-drivers/zte-zxros/port-names.ts';

test('names', () => {
  for (const name of ['gei_5/2', 'xgei-1/1/0/1', 'cgei-1/1/0/49:1', 'smartgroup12']) {
    expect(canonicalName(name)).toBe(name);
    expect(isSwitchPort(name)).toBe(true);
  }
  for (const name of ['vlan10', 'loopback1', 'mgmt_eth', 'xgei-1/1/0/1.100', 'null1']) {
    expect(canonicalName(name)).toBe(name);
    expect(isSwitchPort(name)).toBe(false);
  }
  for (const text of ['', 'up', 'VLAN0001', '10', 'gei', 'ge-0/0/0']) expect(canonicalName(text), text).toBeNull();
  expect(portList('xgei_1/2-3,gei-0/1/0/1,smartgroup1-2')).toEqual([
    'xgei_1/2',
    'xgei_1/3',
    'gei-0/1/0/1',
    'smartgroup1',
    'smartgroup2',
  ]);
  expect(portList('gei_1/3-1')).toBeNull();
});

test('nothing throws, is lost or takes long', () => {
  const garbage = [
    'x'.repeat(1_000_000),
    `a${' '.repeat(500_000)}b${' '.repeat(400_000)}c?`,
    'Software, Versio'.repeat(60_000),
    'gei_1/1 '.repeat(120_000),
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
