import { outputReader, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { portList } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Codes, number, status, description, and a letter with its ports. */
const VLAN = /^([ *MR@PCIS]{0,8}?) *(\d{1,4}) +(Active|Inactive)(?: +(\S.*))?$/;
const MEMBERS = /(?:^|\s)([AT]) ((?:Eth|Po)\S+) *$/;

/** `show vlan`. A VLAN is inactive while none of its ports is up, so `active` tells nothing then. */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^show vlan(?: \d{1,4})?$/,
  read(output) {
    const rows: VlanRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      ...noise,
      { pattern: /^Codes: / },
      { pattern: /^ +(?:[*MR@PCIS] - [^,]{1,40}(?:, ?|$)){1,8}$/ },
      { pattern: /^ *Q: A - Access \(Untagged\), T - Tagged$/ },
      { pattern: /^ *NUM +Status +Description +Q Ports$/ },
      {
        pattern: VLAN,
        take: ([, , number, status, rest = '']) => {
          const vlan = Number(number);
          if (vlan < 1 || vlan > 4094) return false;
          const row: VlanRow = { vlan, name: null, active: status === 'Active' ? true : null, ports: [] };
          rows.push(row);
          const list = MEMBERS.exec(rest);
          row.name = rest.slice(0, list?.index ?? rest.length).trim() || null;
          if (list) return addMembers(row, list);
        },
      },
      {
        pattern: /^ {8,}([AT]) ((?:Eth|Po)\S+)$/,
        take: (list) => {
          const row = rows.at(-1);
          return row ? addMembers(row, list) : false;
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** False: the list is none; which ports the VLAN has is not known then. */
function addMembers(row: VlanRow, [, letter = '', list = '']: RegExpExecArray): false | undefined {
  const ports = portList(list);
  if (ports === null) {
    row.ports = null;
    return false;
  }
  row.ports?.push(...ports.map((portId): VlanMember => ({ portId, tagged: letter === 'T' })));
}
