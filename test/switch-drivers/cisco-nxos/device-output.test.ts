import { describe, expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/cisco-nxos/outputs.ts';
import { canonicalName } from '../../../switch-drivers/cisco-nxos/port-names.ts';
import { normalizeMac } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { recorded, recordedMissing } from '../device-output.ts';

type Theirs = Record<string, string | string[]>;
type Expected = Array<Record<string, unknown>>;

const text = (row: Theirs, field: string): string => String(row[field] ?? '');
const list = (row: Theirs, field: string): string[] => [row[field] ?? []].flat();
/** Their empty text and the device's `--` are both "nothing". */
const orNull = (value: string): string | null => (value === '--' ? null : value || null);

const MODE = { trunk: 'trunk', routed: 'routed', '--': null, '': null } as Record<string, string | null>;

/** Their rows in our words: the fields that we model, by command. */
const EXPECTED: Record<string, (rows: Theirs[]) => Expected> = {
  'show version': (rows) =>
    rows.map((row) => ({ model: row.platform, version: row.os, hostname: row.hostname, serial: row.serial })),
  'show vlan': (rows) =>
    rows.map((row) => ({
      vlan: Number(row.vlan_id),
      name: row.vlan_name ?? row.name,
      active: row.status === 'active',
      ports: list(row, 'interfaces').map((name) => ({ portId: canonicalName(name), tagged: null })),
    })),
  'show interface status': (rows) =>
    rows.map((row) => {
      const vlan = text(row, 'vlan_id');
      const status = text(row, 'status');
      const adminUp = status === 'disabled' ? false : /^(connected|notconnec|noOperMem)$/.test(status) ? true : null;
      return {
        portId: canonicalName(text(row, 'port')),
        description: orNull(text(row, 'name')),
        // Theirs leaves out that a tunnel is "admin down".
        adminUp: vlan === '' && status === 'down' ? expect.toBeOneOf([false, null]) : adminUp,
        operUp: status === 'connected',
        ...(/^\d+$/.test(vlan)
          ? { mode: 'access', untagged: Number(vlan), tagged: [] }
          : { mode: MODE[vlan], untagged: null, tagged: null }),
      };
    }),
  'show interface brief': (rows) =>
    rows.map((row) => {
      const vlan = text(row, 'vlan_id');
      const mode = text(row, 'mode');
      const up = row.status === 'up';
      const reason = text(row, 'reason');
      const base = {
        portId: canonicalName(text(row, 'interface')),
        adminUp: up || (reason === 'Administratively down' ? false : reason === 'Link not connected' ? true : null),
        operUp: up,
        description: orNull(text(row, 'description')),
        lag: /^\d+$/.test(text(row, 'portch')) ? `port-channel${text(row, 'portch')}` : null,
        mtu: row.mtu ? Number(row.mtu) : null,
      };
      if (mode === 'access' && vlan !== 'monitor') return { ...base, mode, untagged: Number(vlan), tagged: [] };
      const ours = mode === '' ? 'routed' : vlan === 'monitor' ? 'other' : (MODE[mode] ?? 'other');
      return { ...base, mode: ours, untagged: null, tagged: null };
    }),
  'show interface switchport': (rows) =>
    rows.map((row) => {
      const portId = text(row, 'interface');
      if (row.mode === 'access') return { portId, mode: 'access', untagged: Number(row.access_vlan), tagged: [] };
      expect(row).toMatchObject({ mode: 'trunk', trunking_vlans: '1-4094' });
      return { portId, mode: 'trunk', untagged: Number(row.native_vlan), tagged: 'all' };
    }),
  'show port-channel summary': (rows) =>
    rows.map((row) => ({
      lag: canonicalName(text(row, 'bundle_name')),
      protocol: { LACP: 'lacp', NONE: 'static' }[text(row, 'bundle_protocol')],
      operUp: text(row, 'bundle_status').includes('U'),
      members: list(row, 'member_interface')
        .filter((name) => name !== '--')
        .map((name, index) => ({
          portId: canonicalName(name),
          bundled: list(row, 'member_interface_status')[index]?.includes('P'),
        })),
    })),
  'show lldp neighbors': (rows) =>
    rows.map((row) => ({
      portId: canonicalName(text(row, 'local_interface')),
      systemName: row.neighbor_name,
      remotePortId: row.neighbor_interface,
      chassisId: null,
    })),
  'show lldp neighbors detail': (rows) =>
    rows.map((row) => ({
      portId: canonicalName(text(row, 'local_interface')),
      chassisIdSubtype: 4,
      chassisId: normalizeMac(text(row, 'chassis_id')),
      portIdSubtype: null,
      remotePortId: row.neighbor_interface,
      systemName: row.neighbor_name,
      // Theirs is the first line only.
      systemDescription: expect.stringMatching(
        new RegExp(`^${RegExp.escape(text(row, 'neighbor_description'))}(\n|$)`),
      ),
      managementAddresses: [row.mgmt_address],
    })),
  'show mac address-table': (rows) =>
    rows.map((row) => ({
      mac: normalizeMac(text(row, 'mac_address')),
      vlan: Number(row.vlan_id),
      kind: row.type,
      portId: canonicalName(text(row, 'ports')) ?? text(row, 'ports').replace(/\(R\)$/, ''),
    })),
  'show nve vni interface nve 1 detail': (rows) =>
    rows.map((row) => {
      const [, layer, place] = /^L([23]) \[(.*)\]$/.exec(text(row, 'vni_type')) ?? [];
      return {
        vni: Number(row.vni),
        kind: `l${layer}`,
        vlan: layer === '2' && place !== 'UC' ? Number(place) : null,
        operUp: row.vni_state === 'Up',
      };
    }),
};

function readerOf(command: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers, `readers of "${command}"`).toHaveLength(1);
  return readers[0]!;
}

describe.skipIf(recordedMissing !== null)('recorded outputs', () => {
  const files = recorded('cisco_nxos');

  test('there are some of each command', () => {
    expect(new Set(files.map((file) => file.command))).toEqual(new Set(Object.keys(EXPECTED)));
  });

  test.each(files)('$name', ({ command, output, rows }) => {
    const parsed = readerOf(command).read(output);
    expect(parsed.unparsed).toEqual([]);
    // toMatchObject compares the length of arrays.
    expect(parsed.rows).toMatchObject(EXPECTED[command]?.(rows) ?? []);
    expect(rows.length).toBeGreaterThan(0);
  });
});
