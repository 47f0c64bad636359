import { describe, expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/cisco-ios/outputs.ts';
import { canonicalName } from '../../../switch-drivers/cisco-ios/port-names.ts';
import { normalizeMac, parseVlanList } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { recorded, recordedMissing } from '../device-output.ts';

type Theirs = Record<string, string | string[]>;
type Expected = Array<Record<string, unknown>>;

const text = (row: Theirs, field: string): string => String(row[field] ?? '');
const orNull = (value: string): string | null => value || null;
const list = (row: Theirs, field: string): string[] => [row[field] ?? []].flat();
const CISCO_MAC = /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/;
const lldpId = (id: string) => (CISCO_MAC.test(id) || /^([0-9A-F]{2}:){5}/.test(id) ? normalizeMac(id) : id);

/** Their rows in our words: the fields that we model, by command. */
const EXPECTED: Record<string, (rows: Theirs[]) => Expected> = {
  'show version': (rows) =>
    rows.map((row) => ({
      model: list(row, 'hardware')[0],
      version: text(row, 'version'),
      hostname: text(row, 'hostname'),
      serial: list(row, 'serial')[0],
    })),
  'show vlan': (rows) =>
    rows.map((row) => ({
      vlan: Number(row.vlan_id),
      name: text(row, 'vlan_name'),
      active: row.status === 'active',
      ports: list(row, 'interfaces').map((name) => ({ portId: canonicalName(name), tagged: false })),
    })),
  'show interfaces status': (rows) =>
    rows.map((row) => {
      const status = text(row, 'status').replace(/:.*/, '');
      const vlan = text(row, 'vlan_id');
      return {
        portId: canonicalName(text(row, 'port')),
        adminUp: status !== 'disabled',
        operUp: status === 'monitoring' ? null : status === 'connected',
        description: orNull(text(row, 'name')),
        ...(/^\d+$/.test(vlan)
          ? status === 'connected'
            ? { mode: 'access', untagged: Number(vlan), tagged: [] }
            : { mode: null, untagged: null, tagged: null }
          : { mode: /^(trunk|routed)$/.test(vlan) ? vlan : vlan === 'unassigned' ? null : 'other', untagged: null }),
      };
    }),
  'show interfaces switchport': (rows) =>
    rows.map((row) => {
      const portId = canonicalName(text(row, 'interface'));
      if (row.switchport === 'Disabled') return { portId, mode: 'routed', untagged: null, tagged: null };
      const operational = text(row, 'mode');
      const admin = text(row, 'admin_mode').startsWith('dynamic') ? operational : text(row, 'admin_mode');
      const bundle = /bundle (Po\d+)/.exec(operational)?.[1];
      const operUp = operational === '' ? null : !operational.startsWith('down');
      const base = { portId, operUp, lag: bundle ? canonicalName(bundle) : null };
      if (admin === '') return { ...base, mode: null, untagged: null, tagged: null };
      if (admin === 'static access') return { ...base, mode: 'access', untagged: Number(row.access_vlan), tagged: [] };
      if (!admin.startsWith('trunk')) return { ...base, mode: 'other', untagged: null, tagged: null };
      const native = Number(row.native_vlan);
      const allowed = list(row, 'trunking_vlans').join(',');
      const vlans = parseVlanList(allowed);
      if (allowed === 'ALL') return { ...base, mode: 'trunk', untagged: native, tagged: 'all' };
      const tagged = vlans?.filter((vlan) => vlan !== native);
      return { ...base, mode: 'trunk', untagged: vlans?.includes(native) ? native : null, tagged };
    }),
  'show running-config interface': (rows) =>
    rows.map((row) => ({
      portId: text(row, 'interface'),
      description: orNull(text(row, 'description')),
      mtu: row.mtu ? Number(row.mtu) : null,
      mode: 'routed',
      adminUp: true,
    })),
  'show etherchannel summary': (rows) =>
    rows.map((row) => ({
      lag: canonicalName(text(row, 'bundle_name')),
      protocol: { LACP: 'lacp', '-': 'static' }[text(row, 'bundle_protocol')] ?? null,
      operUp: text(row, 'bundle_status').includes('U'),
      members: list(row, 'member_interface').map((name, index) => ({
        portId: canonicalName(name),
        bundled: list(row, 'member_interface_status')[index] === 'P',
      })),
    })),
  'show lldp neighbors': (rows) =>
    rows.map((row) => ({
      portId: canonicalName(text(row, 'local_interface')),
      systemName: orNull(text(row, 'neighbor_name')),
      remotePortId: lldpId(text(row, 'neighbor_interface')),
      portIdSubtype: CISCO_MAC.test(text(row, 'neighbor_interface')) ? 3 : null,
    })),
  'show lldp neighbors detail': (rows) =>
    rows.map((row) => ({
      portId: canonicalName(text(row, 'local_interface')) ?? '',
      chassisId: lldpId(text(row, 'chassis_id')),
      chassisIdSubtype: CISCO_MAC.test(text(row, 'chassis_id')) ? 4 : null,
      remotePortId: lldpId(text(row, 'neighbor_port_id')),
      portIdSubtype: CISCO_MAC.test(text(row, 'neighbor_port_id')) ? 3 : null,
      portDescription: orNull(text(row, 'neighbor_interface')),
      systemName: orNull(text(row, 'neighbor_name')),
      // Theirs is the first line only.
      systemDescription: expect.stringMatching(
        new RegExp(`^${RegExp.escape(text(row, 'neighbor_description'))}(\n|$)`),
      ),
      managementAddresses: row.mgmt_address ? expect.arrayContaining([row.mgmt_address]) : [],
    })),
  'show mac-address-table': (rows) =>
    rows.flatMap((row) =>
      list(row, 'destination_port').map((port) => ({
        mac: normalizeMac(text(row, 'destination_address')),
        vlan: /^\d+$/.test(text(row, 'vlan_id')) ? Number(row.vlan_id) : null,
        portId: canonicalName(port) ?? port,
        kind: ['dynamic', 'static'].includes(text(row, 'type').toLowerCase())
          ? text(row, 'type').toLowerCase()
          : 'other',
      })),
    ),
};

function readerOf(command: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers, `readers of "${command}"`).toHaveLength(1);
  return readers[0]!;
}

describe.skipIf(recordedMissing !== null)('recorded outputs', () => {
  const files = recorded('cisco_ios');

  test('there are some of each command', () => {
    expect(new Set(files.map((file) => file.command))).toEqual(new Set(Object.keys(EXPECTED)));
  });

  test.each(files)('$name', ({ command, output, rows }) => {
    const parsed = readerOf(command).read(output);
    expect(parsed.unparsed).toEqual([]);
    expect(parsed.rows).toMatchObject(EXPECTED[command]?.(rows) ?? []);
    // toMatchObject compares the length of arrays.
    expect(rows.length).toBeGreaterThan(0);
  });
});
