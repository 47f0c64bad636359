import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { portList } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/**
 * Layer 2 Bridging Guide, "show vlan": members as ranges with commas, wrapped below those of the first line; whether they
 * are tagged is not said. A VLAN is also `down` for want of members; only `admin_down` is one that was shut down.
 */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^show vlan(?: \d+)?$/,
  read(output) {
    const rows: VlanRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^VLAN\s+Name\s+Status\s+Reason\s+Type\s+Interfaces$/ },
      ...NOISE,
      {
        pattern: /^\s?(\d{1,4})\s+(\S+)\s+(up|down)\s+([a-z_]+)\s+([a-z][a-z-]*)(?:\s+(\S.*))?$/,
        take([, id = '', name = '', status, reason = '', _type, list = '']) {
          const vlan = vlanId(id);
          const ports = portList(list);
          if (vlan === null || ports === null) return false;
          rows.push({
            vlan,
            name,
            active: reason === 'admin_down' ? false : status === 'up' || /^no_member/.test(reason) ? true : null,
            ports: ports.map((portId) => ({ portId, tagged: null })),
          });
        },
      },
      {
        pattern: /^\s+(\S.*)$/,
        take([, list = '']) {
          const ports = portList(list);
          const row = rows.at(-1);
          if (ports === null || !row) return false;
          row.ports = [...(row.ports ?? []), ...ports.map((portId) => ({ portId, tagged: null }))];
        },
      },
    ]);
    return { rows, unparsed };
  },
});
