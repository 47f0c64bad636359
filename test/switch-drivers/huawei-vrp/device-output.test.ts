import { describe, expect, test } from 'vitest';
import type { OutputReader, Parsed, RowKinds } from '../../../switch-drivers/contract/rows.ts';
import { outputs } from '../../../switch-drivers/huawei-vrp/outputs.ts';
import { canonicalName } from '../../../switch-drivers/huawei-vrp/port-names.ts';
import { normalizeMac, parseVlanList } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { type DeviceOutput, recorded, recordedMissing } from '../device-output.ts';

type Theirs = Record<string, string | string[]>;

const one = (row: Theirs, field: string): string => {
  const value = row[field];
  return typeof value === 'string' ? value : '';
};
const many = (row: Theirs, field: string): string[] => [row[field] ?? []].flat();
const text = (value: string) => (/^-*$/.test(value.trim()) ? null : value.trim());
const mac = (value: string) => normalizeMac(value) ?? text(value);

function read<Kind extends keyof RowKinds>(kind: Kind, { command, output }: DeviceOutput): Parsed<RowKinds[Kind]> {
  const reader = outputs.find((each) => each.command.test(command));
  expect(reader?.kind, command).toBe(kind);
  return (reader as OutputReader<Kind>).read(output);
}

/** Of a VLAN that has members of both kinds they keep the first kind. */
function vlans(file: DeviceOutput) {
  const { rows, unparsed } = read('vlans', file);
  const theirs = file.rows.map((row) => {
    const ports = many(row, 'interface').filter((name) => name !== '');
    return {
      vlan: Number(one(row, 'vlan_id')),
      name: text(one(row, 'vlan_name')),
      active: one(row, 'vlan_status') === 'enable',
      ports: ports.map((name) => ({ portId: canonicalName(name), tagged: one(row, 'mode') === 'TG' })),
    };
  });
  const ours = rows.map(({ ports, ...row }) => {
    const all = ports ?? [];
    return { ...row, ports: all.filter(({ tagged }) => tagged === all[0]?.tagged) };
  });
  return { ours, theirs, unparsed };
}

/** Per command: our rows and theirs, in the fields that both have. */
const COMPARE: Record<string, (file: DeviceOutput) => { ours: unknown[]; theirs: unknown[]; unparsed: string[] }> = {
  'display version': (file) => {
    const { rows, unparsed } = read('version', file);
    const theirs = file.rows.map((row) => ({
      model: one(row, 'model'),
      version: `${one(row, 'vrp_version')} (${one(row, 'product_version')})`,
    }));
    return { ours: rows.map(({ model, version }) => ({ model, version })), theirs, unparsed };
  },
  'display vlan': vlans,
  'display vlan brief': vlans,
  'display port vlan': (file) => {
    const { rows, unparsed } = read('ports', file);
    const theirs = file.rows.map((row) => {
      const type = one(row, 'link_type');
      const list = many(row, 'trunk_vlan_list').filter((part) => part !== '-' && part !== '');
      const ids = list.length === 0 ? [] : (parseVlanList(list.join(',')) ?? []);
      const pvid = Number(one(row, 'vlan_id'));
      const all = ids.length === 4094;
      return {
        portId: canonicalName(one(row, 'interface')),
        mode: type === 'access' || type === 'trunk' ? type : 'other',
        untagged: type === 'trunk' && !ids.includes(pvid) ? null : pvid,
        tagged: all ? 'all' : ids.filter((id) => type !== 'trunk' || id !== pvid),
      };
    });
    const ours = rows.map(({ portId, mode, untagged, tagged }) => ({ portId, mode, untagged, tagged }));
    return { ours, theirs, unparsed };
  },
  'display interface brief': (file) => {
    const { rows, unparsed } = read('ports', file);
    const theirs = file.rows.map((row) => ({
      portId: canonicalName(one(row, 'interface')),
      adminUp: !one(row, 'phy').startsWith('*'),
      operUp: one(row, 'phy').startsWith('up'),
    }));
    return { ours: rows.map(({ portId, adminUp, operUp }) => ({ portId, adminUp, operUp })), theirs, unparsed };
  },
  'display eth-trunk': (file) => {
    const { rows, unparsed } = read('lags', file);
    // They list the partner's half of the table once more, without a status.
    const members = file.rows.filter((row) => one(row, 'status') !== '');
    const theirs = members.map((row) => ({
      lag: canonicalName(one(row, 'eth_trunk')),
      protocol: one(row, 'working_mode') === 'NORMAL' ? 'static' : 'lacp',
      operUp: one(row, 'operate_status') === 'up',
      portId: canonicalName(one(row, 'interface')),
      bundled: /^(?:up|selected)$/i.test(one(row, 'status')),
    }));
    const ours = rows.flatMap(({ members: each, ...lag }) => each.map((member) => ({ ...lag, ...member })));
    return { ours, theirs, unparsed };
  },
  'display lldp neighbor': (file) => {
    const { rows, unparsed } = read('neighbors', file);
    const theirs = file.rows.map((row) => ({
      portId: canonicalName(one(row, 'local_interface')),
      chassisIdSubtype: /mac/i.test(one(row, 'chassis_type')) ? 4 : null,
      chassisId: mac(one(row, 'chassis_id')),
      remotePortId: mac(one(row, 'neighbor_port_id')),
      portDescription: text(one(row, 'neighbor_interface')),
      systemName: text(one(row, 'neighbor_name')),
      systemDescription: text(many(row, 'neighbor_description').join('\n')),
      address: mac(one(row, 'mgmt_address')),
    }));
    const ours = rows.map(({ portIdSubtype: _type, managementAddresses, ...row }) => ({
      ...row,
      address: managementAddresses.at(-1) ?? null,
    }));
    return { ours, theirs, unparsed };
  },
  'display mac-address': (file) => {
    const { rows, unparsed } = read('macs', file);
    const theirs = file.rows.map((row) => ({
      mac: mac(one(row, 'destination_address')),
      vlan: Number(one(row, 'vlan_id')),
      portId: canonicalName(one(row, 'destination_port')),
      kind: one(row, 'type'),
    }));
    return { ours: rows, theirs, unparsed };
  },
};

describe('recorded outputs of VRP', () => {
  const files = recorded('huawei_vrp');

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
