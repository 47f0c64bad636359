import { outputReader, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/**
 * EOS User Manual, "show vlan": one row per VLAN, its ports with commas, wrapped below the ports of the first line. A star
 * marks a VLAN that no configuration made. The table does not say whether a member is tagged.
 */
export const vlansText = outputReader({
  kind: 'vlans',
  command: /^show vlan(?: brief| (?:id )?[\d,-]+| name \S+)?(?: (?:configured-ports|active-configuration))?$/,
  read(output) {
    const rows: VlanRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^VLAN\s+Name\s+Status\s+Ports$/ },
      { pattern: /^\* indicates a Dynamic VLAN$/ },
      ...NOISE,
      {
        pattern: /^\s*(\d{1,4})\*?\s+(\S+)\s+(active|suspended)(?:\s+(\S.*))?$/,
        take([, id = '', name = '', status, list = '']) {
          const vlan = vlanId(id);
          const ports = members(list);
          if (vlan === null || ports === null) return false;
          rows.push({ vlan, name: name === '-' ? null : name, active: status === 'active', ports });
        },
      },
      {
        pattern: /^\s+(\S.*)$/,
        take([, list = '']) {
          const ports = members(list);
          const row = rows.at(-1);
          if (ports === null || !row) return false;
          row.ports = [...(row.ports ?? []), ...ports];
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** Null when one of them is no interface. */
function members(list: string): VlanMember[] | null {
  const ports: VlanMember[] = [];
  for (const name of list.split(',').map((part) => part.trim())) {
    if (name === '') continue;
    const portId = canonicalName(name);
    if (portId === null) return null;
    ports.push({ portId, tagged: null });
  }
  return ports;
}
