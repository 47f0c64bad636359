import { describe, expect, test } from 'vitest';
import type {
  LagRow,
  MacRow,
  NeighborRow,
  PortRow,
  VersionRow,
  VlanRow,
} from '../../../switch-drivers/contract/rows.ts';
import { outputs } from '../../../switch-drivers/fastiron/outputs.ts';
import { canonicalName, portList } from '../../../switch-drivers/fastiron/port-names.ts';
import { normalizeMac } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Theirs = DeviceOutput['rows'][number];

const files = [...recorded('brocade_fastiron'), ...recorded('ruckus_fastiron')];

const text = (row: Theirs, ...names: string[]): string => {
  const value = names.map((name) => row[name]).find((found) => found !== undefined) ?? '';
  return typeof value === 'string' ? value : (value[0] ?? '');
};
const port = (name: string) => canonicalName(name) ?? `no port: ${name}`;

/** What a file's rows are in our words. */
const EXPECTED: Record<string, (rows: Theirs[]) => unknown[]> = {
  'show version': ([row = {}]) => [
    {
      model: text(row, 'hw', 'hardware').replace('Stackable ', ''),
      version: text(row, 'sw_version', 'version'),
      hostname: null,
      serial: text(row, 'serial'),
    } satisfies VersionRow,
  ],
  'show interfaces brief': (rows) =>
    rows.map((row) => {
      const pvid = Number(text(row, 'pvid', 'vlan_id')) || null;
      const trunked = text(row, 'tagonly', 'tag') === 'Yes';
      const link = text(row, 'linkstate', 'link');
      const lag = text(row, 'trunkid', 'trunk');
      return {
        portId: port(text(row, 'interface', 'port')),
        adminUp: link !== 'Disable',
        operUp: link === 'Up',
        mode: trunked ? 'trunk' : pvid === null ? null : 'access',
        untagged: pvid,
        tagged: trunked || pvid === null ? null : [],
        lag: lag === 'None' ? null : `lag${lag}`,
        // Theirs ends at the first blank.
        description: text(row, 'name') || null,
        mtu: null,
      } satisfies PortRow;
    }),
  'show mac-address': (rows) =>
    rows.map(
      (row) =>
        ({
          mac: normalizeMac(text(row, 'mac_address')) ?? '',
          vlan: Number(text(row, 'vlan_id')),
          portId: port(text(row, 'destination_port', 'port')),
          kind: text(row, 'type') === '' ? null : 'dynamic',
        }) satisfies MacRow,
    ),
  'show running-config vlan': (rows) =>
    rows.map(
      (row) =>
        ({
          vlan: Number(text(row, 'vlan_id')),
          name: text(row, 'vlan_name').replace(/(?:_Master)? by port$/, ''),
          active: null,
          ports: [
            ...(portList(text(row, 'untaggedports')) ?? []).map((portId) => ({ portId, tagged: false })),
            ...(portList(text(row, 'taggedports')) ?? []).map((portId) => ({ portId, tagged: true })),
          ],
        }) satisfies VlanRow,
    ),
  'show vlan': (rows) => {
    const vlans = new Map<number, VlanRow>();
    for (const row of rows) {
      const vlan = Number(text(row, 'vlan_id'));
      const mine = vlans.get(vlan) ?? { vlan, name: text(row, 'vlan_name'), active: null, ports: [] };
      vlans.set(vlan, mine);
      // Theirs has each port twice; the second time the brackets are taken for a LAG.
      if (text(row, 'stack_id') === '') continue;
      const portId = port(`${text(row, 'stack_id')}/${text(row, 'slot')}/${text(row, 'port')}`);
      mine.ports?.push({ portId, tagged: text(row, 'status') === 'Tagged' });
    }
    return [...vlans.values()];
  },
  'show trunk': (rows) =>
    rows.map((row) => {
      const members: LagRow['members'] = [];
      for (let at = 1; text(row, `port${at}`) !== ''; at += 1) {
        members.push({ portId: port(text(row, `port${at}`)), bundled: text(row, `link${at}`) === 'active' });
      }
      return { lag: `lag${text(row, 'id')}`, protocol: null, operUp: true, members } satisfies LagRow;
    }),
  'show lldp neighbors': (rows) =>
    rows.map((row) => ({
      portId: port(text(row, 'local_interface')),
      remotePortId: text(row, 'neighbor_interface'),
      systemName: text(row, 'neighbor_name'),
    })),
  'show lldp neighbors detail': (rows) =>
    rows.map(
      (row) =>
        ({
          portId: port(text(row, 'local_interface')),
          remotePortId: normalizeMac(text(row, 'neighbor_port_id')),
          portDescription: text(row, 'neighbor_interface'),
          systemName: text(row, 'neighbor_name'),
          managementAddresses: [text(row, 'mgmt_address')],
          chassisIdSubtype: 4,
          portIdSubtype: 3,
        }) satisfies Partial<NeighborRow>,
    ),
};

describe.skipIf(recordedMissing !== null)('recorded outputs', () => {
  test.each(files)('$name', ({ command, output, rows }) => {
    const readers = outputs.filter((reader) => reader.command.test(command));
    expect(readers).toHaveLength(1);
    const parsed = readers[0]!.read(output);
    expect(parsed.unparsed).toEqual([]);
    const ours = parsed.rows.map((row) =>
      command === 'show interfaces brief' && 'description' in row
        ? { ...row, description: row.description?.split(' ')[0] ?? null }
        : row,
    );
    const theirs = EXPECTED[command]!(rows);
    expect(ours).toHaveLength(theirs.length);
    for (const [at, row] of ours.entries()) {
      const their = theirs[at] as Partial<VlanRow>;
      // Their name of VLAN 60 is cut off by their own pattern.
      if (command === 'show running-config vlan')
        expect(row).toMatchObject({ ...their, name: expect.stringContaining(their.name!) });
      else expect(row).toMatchObject(their);
    }
  });
});

test('there is a file for every command that has an expectation', () => {
  if (recordedMissing === null)
    expect(new Set(files.map(({ command }) => command))).toEqual(new Set(Object.keys(EXPECTED)));
});
