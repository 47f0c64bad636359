import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/aruba-aoscx/outputs.ts';
import { normalizeMac } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Row = DeviceOutput['rows'][number];

/** Somebody else's rows in our words: of each kind of output, the fields that both have. */
const EXPECTED: Record<string, (rows: Row[]) => object[]> = {
  'show vlan': (rows) =>
    rows.map((row) => ({
      vlan: Number(row.vlan_id),
      name: row.vlan_name,
      active: row.status === 'up',
      ports: list(row.interfaces)
        .flatMap(expand)
        .map((portId) => ({ portId, tagged: null })),
    })),
  'show mac-address-table': (rows) =>
    rows.map((row) => ({
      mac: row.mac_address,
      vlan: Number(row.vlan_id),
      portId: row.port,
      kind: row.type === 'dynamic' || row.type === 'static' ? row.type : 'other',
    })),
  'show lldp neighbors-info detail': (rows) =>
    rows.map((row) => ({
      portId: row.local_interface,
      chassisIdSubtype: 4,
      chassisId: normalizeMac(String(row.chassis_id)),
      remotePortId: row.neighbor_port_id,
      portDescription: row.neighbor_interface,
      systemName: row.neighbor_name,
      systemDescription: row.neighbor_description,
      managementAddresses: [row.mgmt_address],
    })),
  'show interface': (rows) =>
    rows.map((row) => ({
      portId: row.interface,
      adminUp: row.link_admin === 'up',
      operUp: row.link_status === 'up',
      description: row.interface_desc || null,
      mtu: row.mtu ? Number(row.mtu) : null,
      ...layer2(row),
      lag: rows.find((other) => list(other.aggregated_interfaces).includes(String(row.interface)))?.interface ?? null,
    })),
};

function layer2(row: Row): object {
  if (row.vlan_mode === 'access') return { mode: 'access', untagged: Number(row.vlan_access), tagged: [] };
  if (row.vlan_mode) {
    expect([row.vlan_mode, row.vlan_trunk]).toEqual(['native-untagged', ['all']]);
    return { mode: 'trunk', untagged: Number(row.vlan_native), tagged: 'all' };
  }
  const routed = row.ip_address || /^(?:vlan|loopback)/.test(String(row.interface));
  return { ...(routed ? { mode: 'routed' } : {}), untagged: null, tagged: null };
}

test.skipIf(recordedMissing !== null)('there are recorded outputs of ArubaOS-CX, and each has a reader', () => {
  const commands = new Set(recorded('aruba_aoscx').map(({ command }) => command));
  expect([...commands].sort()).toEqual(Object.keys(EXPECTED).sort());
  for (const command of commands) expect(outputs.filter((reader) => reader.command.test(command))).toHaveLength(1);
});

test.skipIf(recordedMissing !== null).each(recorded('aruba_aoscx'))('$name', ({ command, output, rows }) => {
  const reader = outputs.find((candidate) => candidate.command.test(command));
  const expected = EXPECTED[command]?.(rows);
  const parsed = reader?.read(output);
  expect(parsed?.unparsed).toEqual([]);
  expect(parsed?.rows).toMatchObject(expected ?? []);
  expect(parsed?.rows).toHaveLength(expected?.length ?? Number.NaN);
  // The same with the line ends of a terminal.
  expect(reader?.read(output.replaceAll(/\r?\n/g, '\r\n'))).toEqual(parsed);
});

function list(value: string | string[] | undefined): string[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}

/** `1/1/2-1/1/4` to its ports. */
function expand(range: string): string[] {
  const [first = '', last = first] = range.split('-');
  const stem = first.slice(0, first.lastIndexOf('/') + 1);
  const [from, to] = [first, last].map((name) => Number(name.slice(stem.length)));
  return Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_none, index) => `${stem}${(from ?? 0) + index}`);
}
