import { describe, expect, test } from 'vitest';
import type { PortRow, VersionRow, VlanRow } from '../../../switch-drivers/contract/rows.ts';
import { outputs } from '../../../switch-drivers/juniper-junos/outputs.ts';
import { canonicalName } from '../../../switch-drivers/juniper-junos/port-names.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Theirs = DeviceOutput['rows'][number];

const files = recorded('juniper_junos');

const text = (row: Theirs, name: string): string => (typeof row[name] === 'string' ? row[name] : '');
const list = (row: Theirs, name: string): string[] => (Array.isArray(row[name]) ? row[name] : []);
const port = (name: string) => canonicalName(name.replace(/\*$/, '')) ?? `no port: ${name}`;

/** What a file's rows are in our words. */
const EXPECTED: Record<string, (rows: Theirs[]) => unknown[]> = {
  'show version': (rows) =>
    rows.map(
      (row) =>
        ({
          model: text(row, 'model'),
          version: text(row, 'junos_version') || null,
          hostname: text(row, 'hostname'),
          serial: text(row, 'serial_number') || null,
        }) satisfies VersionRow,
    ),
  'show vlans': (rows) =>
    rows.map(
      (row) =>
        ({
          vlan: Number(text(row, 'tag')),
          name: text(row, 'vlan_name'),
          active: null,
          ports: list(row, 'interfaces').map((name) => ({ portId: port(name), tagged: null })),
        }) satisfies VlanRow,
    ),
  'show ethernet-switching interfaces': (rows) =>
    rows.map((row) => {
      const tagging = list(row, 'tagging');
      const ids = list(row, 'vlan_id').map(Number);
      const mode = tagging.length === 0 ? null : tagging.includes('tagged') ? 'trunk' : 'access';
      return {
        portId: port(text(row, 'interface')),
        adminUp: null,
        operUp: text(row, 'status') === 'up',
        mode,
        untagged: mode === 'access' ? (ids[0] ?? null) : null,
        tagged: mode === 'trunk' ? ids : mode === 'access' ? [] : null,
        lag: null,
        description: null,
        mtu: null,
      } satisfies PortRow;
    }),
  'show lacp interfaces': (rows) =>
    rows.map((row) => ({
      lag: text(row, 'bundle_name'),
      protocol: 'lacp',
      operUp: null,
      members: list(row, 'member_interface').map((name, at) => ({
        portId: port(name),
        bundled: list(row, 'mux_state')[at] === 'Collecting distributing',
      })),
    })),
  'show lldp neighbors': (rows) =>
    rows.map((row) => ({
      portId: port(text(row, 'local_interface')),
      chassisIdSubtype: 4,
      chassisId: text(row, 'chassis_id'),
      portIdSubtype: null,
      remotePortId: text(row, 'neighbor_interface'),
      portDescription: null,
      systemName: text(row, 'neighbor_name'),
      systemDescription: null,
      managementAddresses: [],
    })),
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
