import { describe, expect, test } from 'vitest';
import type { OutputReader, Parsed, RowKinds } from '../../../switch-drivers/contract/rows.ts';
import { outputs } from '../../../switch-drivers/hpe-comware/outputs.ts';
import { canonicalName } from '../../../switch-drivers/hpe-comware/port-names.ts';
import { normalizeMac, parseVlanList } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Theirs = Record<string, string | string[]>;

const one = (row: Theirs, field: string): string => {
  const value = row[field];
  return typeof value === 'string' ? value : '';
};
const many = (row: Theirs, field: string): string[] => [row[field] ?? []].flat();
const portId = (text: string) => canonicalName(text.replace(/\(\w\)$/, ''));
const text = (value: string) => (/^-*$/.test(value) ? null : value);
const number = (value: string) => (value === '' ? null : Number(value));
const mac = (value: string) => normalizeMac(value) ?? text(value);

function read<Kind extends keyof RowKinds>(kind: Kind, { command, output }: DeviceOutput): Parsed<RowKinds[Kind]> {
  const reader = outputs.find((each) => each.command.test(command));
  expect(reader?.kind, command).toBe(kind);
  return (reader as OutputReader<Kind>).read(output);
}

function mode(linkType: string) {
  if (/^t/i.test(linkType)) return 'trunk';
  if (/^a/i.test(linkType)) return 'access';
  return /^h/i.test(linkType) ? 'other' : null;
}

/** What a trunk's PVID and permitted list come to. */
function trunk(pvid: number | null, list: string[]) {
  const ids = parseVlanList(list.map((part) => part.replace('(default vlan)', '')).join(',')) ?? [];
  return {
    untagged: pvid !== null && ids.includes(pvid) ? pvid : null,
    tagged: ids.length === 4094 ? 'all' : ids.filter((id) => id !== pvid),
  };
}

/** Per command: our rows and theirs, in the fields that both have. */
const COMPARE: Record<string, (file: DeviceOutput) => { ours: unknown[]; theirs: unknown[]; unparsed: string[] }> = {
  'display interface': (file) => {
    const { rows, unparsed } = read('ports', file);
    const theirs = file.rows.map((row) => {
      const type = mode(one(row, 'port_link_type'));
      const pvid = number(one(row, 'vlan_native'));
      const untagged = number(one(row, 'untagged_vlan_id')) ?? pvid;
      return {
        portId: portId(one(row, 'interface')),
        // They keep the first word of `DOWN ( Administratively )`.
        adminUp: one(row, 'line_status') === 'DOWN' ? null : !/administratively/i.test(one(row, 'line_status')),
        operUp: one(row, 'line_status').startsWith('UP'),
        description: text(one(row, 'description')),
        mtu: number(one(row, 'mtu')),
        linkType: type,
        ...(type === 'trunk' ? trunk(pvid, many(row, 'vlan_permitted')) : { untagged, tagged: type ? [] : null }),
      };
    });
    const ours = rows.map(({ mode: ourMode, lag: _lag, ...row }, index) => ({
      ...row,
      // They take the heading of the counters for a name where blocks end with one.
      portId: theirs[index]?.portId === null ? null : row.portId,
      adminUp: theirs[index]?.adminUp === null ? null : row.adminUp,
      linkType: ourMode === 'routed' ? null : ourMode,
    }));
    return { ours, theirs, unparsed };
  },
  'display interface brief': (file) => {
    const { rows, unparsed } = read('ports', file);
    const theirs = file.rows.map((row) => {
      const type = mode(one(row, 'type')) ?? 'routed';
      return {
        portId: portId(one(row, 'interface')),
        adminUp: one(row, 'link') !== 'ADM',
        operUp: one(row, 'link') === 'UP',
        mode: type,
        untagged: number(one(row, 'vlan_id')),
        tagged: type === 'access' ? [] : null,
        description: text(one(row, 'description')),
      };
    });
    return { ours: rows.map(({ lag: _lag, mtu: _mtu, ...row }) => row), theirs, unparsed };
  },
  'display link-aggregation verbose': (file) => {
    const { rows, unparsed } = read('lags', file);
    const theirs = file.rows.map((row) => ({
      lag: portId(one(row, 'interface')),
      protocol: one(row, 'aggregation_mode') === 'Dynamic' ? 'lacp' : 'static',
      members: many(row, 'local_interfaces').map(portId),
    }));
    const ours = rows.map(({ operUp: _up, members, ...row }) => ({
      ...row,
      members: members.map((each) => each.portId),
    }));
    return { ours, theirs, unparsed };
  },
  'display lldp neighbor-information list': (file) => {
    const { rows, unparsed } = read('neighbors', file);
    const theirs = file.rows.map((row) => ({
      portId: portId(one(row, 'local_interface')),
      chassisId: mac(one(row, 'chassis_id')),
      remotePortId: text(one(row, 'neighbor_interface')),
      systemName: text(one(row, 'neighbor_name')),
    }));
    const ours = rows.map((row, index) => {
      const { portId: id, chassisId, remotePortId, systemName } = row;
      // They leave out what a cell goes on with on the next line.
      const cut = theirs[index]?.systemName ?? null;
      const name = cut !== null && cut.length === 20 ? (systemName?.slice(0, 20) ?? null) : systemName;
      return { portId: id, chassisId, remotePortId, systemName: name };
    });
    return { ours, theirs, unparsed };
  },
  'display lldp neighbor-information verbose': (file) => {
    const { rows, unparsed } = read('neighbors', file);
    const theirs = file.rows.map((row) => ({
      portId: portId(one(row, 'local_interface')),
      chassisId: mac(one(row, 'chassis_id')),
      remotePortId: mac(one(row, 'neighbor_interface')),
      portDescription: text(one(row, 'neighbor_interface_description')),
      systemName: text(one(row, 'neighbor_name')),
      address: text(one(row, 'mgmt_address')),
    }));
    const ours = rows.map((row) => ({
      portId: row.portId,
      chassisId: row.chassisId,
      remotePortId: row.remotePortId,
      portDescription: row.portDescription,
      systemName: row.systemName,
      address: row.managementAddresses.at(-1) ?? null,
    }));
    return { ours, theirs, unparsed };
  },
  'display mac-address': (file) => {
    const { rows, unparsed } = read('macs', file);
    const theirs = file.rows.map((row) => ({
      mac: mac(one(row, 'mac_address')),
      vlan: Number(one(row, 'vlan_id')),
      portId: portId(one(row, 'interface')),
      kind: /learned|dynamic/i.test(one(row, 'state'))
        ? 'dynamic'
        : /static/i.test(one(row, 'state'))
          ? 'static'
          : 'other',
    }));
    return { ours: rows, theirs, unparsed };
  },
  'display vlan all': (file) => {
    const { rows, unparsed } = read('vlans', file);
    const theirs = file.rows.map((row) => ({ vlan: Number(one(row, 'vlan_id')), name: text(one(row, 'vlan_name')) }));
    return { ours: rows.map(({ vlan, name }) => ({ vlan, name })), theirs, unparsed };
  },
  'display vlan brief': (file) => {
    const { rows, unparsed } = read('vlans', file);
    const theirs = file.rows.map((row) => ({ vlan: Number(one(row, 'vlan_id')), name: text(one(row, 'vlan_name')) }));
    // They keep a name's first word.
    return { ours: rows.map(({ vlan, name }) => ({ vlan, name: name?.split(' ')[0] ?? null })), theirs, unparsed };
  },
};

describe('recorded outputs of Comware', () => {
  const files = recorded('hp_comware');

  test.skipIf(recordedMissing !== null)('there are some for every command compared here', () => {
    expect([...new Set(files.map(({ command }) => command))].sort()).toEqual(Object.keys(COMPARE).sort());
  });

  for (const file of files) {
    test(file.name, () => {
      const compare = COMPARE[file.command];
      if (!compare) throw new Error(`nothing compares "${file.command}"`);
      const { ours, theirs, unparsed } = compare(file);
      expect(unparsed).toEqual([]);
      expect(ours).toEqual(theirs);
    });
  }
});
