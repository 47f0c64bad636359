import { describe, expect, test } from 'vitest';
import type { PortRow, VersionRow } from '../../../switch-drivers/contract/rows.ts';
import { outputs } from '../../../switch-drivers/zte-zxros/outputs.ts';
import { canonicalName } from '../../../switch-drivers/zte-zxros/port-names.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Theirs = DeviceOutput['rows'][number];

const files = recorded('zte_zxros');

const text = (row: Theirs, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** What a file's rows are in our words. */
const EXPECTED: Record<string, (rows: Theirs[]) => unknown[]> = {
  'show version': (rows) =>
    rows.map(
      (row) =>
        ({
          // Theirs leaves out the product line.
          model: `ZXCTN ${text(row, 'hardware').trim()}`,
          version: text(row, 'version'),
          hostname: null,
          serial: null,
        }) satisfies VersionRow,
    ),
  'show interface brief': (rows) =>
    rows.map(
      (row) =>
        ({
          portId: canonicalName(text(row, 'interface')) ?? '',
          adminUp: text(row, 'admin') === 'up',
          operUp: text(row, 'physical') === 'up' && text(row, 'protocol') === 'up',
          mode: null,
          untagged: null,
          tagged: null,
          lag: null,
          description: text(row, 'description').trim() || null,
          mtu: null,
        }) satisfies PortRow,
    ),
};

describe.skipIf(recordedMissing !== null)('recorded outputs', () => {
  test.each(files)('$name', ({ command, output, rows }) => {
    const readers = outputs.filter((reader) => reader.command.test(command));
    expect(readers).toHaveLength(1);
    const parsed = readers[0]!.read(output);
    expect(parsed.unparsed).toEqual([]);
    expect(parsed.rows).toEqual(EXPECTED[command]!(rows));
  });
});

test('there is a file for every command that has an expectation', () => {
  if (recordedMissing === null)
    expect(new Set(files.map(({ command }) => command))).toEqual(new Set(Object.keys(EXPECTED)));
});
