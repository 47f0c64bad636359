import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/arista-eos/outputs.ts';
import { canonicalName } from '../../../switch-drivers/arista-eos/port-names.ts';
import { normalizeMac } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Row = DeviceOutput['rows'][number];

/** Somebody else's rows in our words: of each kind of output, the fields that both have. */
const EXPECTED: Record<string, (rows: Row[]) => object[]> = {
  'show version': (rows) =>
    rows.map((row) => ({ model: row.model, version: row.image, serial: row.serial_number || null, hostname: null })),
  'show vlan': (rows) =>
    rows.map((row) => ({
      vlan: Number(row.vlan_id),
      name: row.vlan_name,
      active: row.status === 'active',
      ports: list(row.interfaces).map((name) => ({ portId: port(name), tagged: null })),
    })),
  'show interfaces status': (rows) =>
    rows.map((row) => ({
      portId: port(row.port),
      description: row.name || null,
      operUp: row.status === 'connected',
      adminUp: row.status === 'inactive' ? null : row.status !== 'disabled',
      mode:
        row.vlan_id === 'trunk' || row.vlan_id === 'routed'
          ? row.vlan_id
          : canonicalName(String(row.vlan_id))
            ? null
            : 'access',
      untagged: /^\d+$/.test(String(row.vlan_id)) ? Number(row.vlan_id) : null,
      lag: canonicalName(String(row.vlan_id)),
    })),
  'show port-channel summary': (rows) =>
    rows.map((row) => ({
      lag: port(row.bundle_name),
      protocol: String(row.bundle_protocol).toLowerCase(),
      operUp: row.bundle_status === 'U',
      members: list(row.member_interface).map((name, index) => ({
        portId: port(name),
        bundled: list(row.member_interface_status)[index]?.includes('P'),
      })),
    })),
  'show lldp neighbors': (rows) =>
    rows.map((row) => ({
      portId: port(row.local_interface),
      remotePortId: row.neighbor_interface,
      systemName: row.neighbor_name,
    })),
  'show lldp neighbors detail': (rows) =>
    rows.map((row) => ({
      portId: port(row.local_interface),
      chassisIdSubtype: 4,
      chassisId: normalizeMac(String(row.chassis_id)),
      remotePortId: macOr(row.neighbor_interface),
      systemName: row.neighbor_name || null,
      systemDescription: row.neighbor_description || null,
      // Theirs holds the last of several.
      managementAddresses: row.mgmt_address ? expect.arrayContaining([macOr(row.mgmt_address)]) : [],
    })),
  'show mac address-table': (rows) =>
    rows
      .filter((row) => normalizeMac(String(row.mac_address)) !== null)
      .flatMap((row) =>
        list(row.destination_port).map((name) => ({
          mac: normalizeMac(String(row.mac_address)),
          vlan: Number(row.vlan_id),
          portId: port(name),
          kind: String(row.type).toLowerCase(),
        })),
      ),
};

/** One recorded line holds a made-up address with letters that are no hexadecimal digits: no reader may take it for one. */
const NOT_UNDERSTOOD: Record<string, string[]> = {
  'show mac address-table': [' 200    jenn.3057.8423    STATIC      Po66'],
};

test.skipIf(recordedMissing !== null)('there are recorded outputs of EOS, and each has a reader', () => {
  const commands = new Set(recorded('arista_eos').map(({ command }) => command));
  expect([...commands].sort()).toEqual(Object.keys(EXPECTED).sort());
  for (const command of commands) expect(outputs.filter((reader) => reader.command.test(command))).toHaveLength(1);
});

test.skipIf(recordedMissing !== null).each(recorded('arista_eos'))('$name', ({ command, output, rows }) => {
  const reader = outputs.find((candidate) => candidate.command.test(command));
  const expected = EXPECTED[command]?.(rows);
  const parsed = reader?.read(output);
  expect(parsed?.unparsed).toEqual(NOT_UNDERSTOOD[command] ?? []);
  expect(parsed?.rows).toMatchObject(expected ?? []);
  expect(parsed?.rows).toHaveLength(expected?.length ?? Number.NaN);
  // The same with the line ends of a terminal.
  expect(reader?.read(output.replaceAll(/\r?\n/g, '\r\n'))).toEqual(parsed);
});

function port(name: string | string[] | undefined): string {
  const portId = canonicalName(String(name));
  expect(portId, `interface ${String(name)}`).not.toBeNull();
  return portId ?? '';
}

function list(value: string | string[] | undefined): string[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}

function macOr(value: string | string[] | undefined): string {
  return normalizeMac(String(value)) ?? String(value);
}
