import { outputReader, type VniRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { noise, withoutPager } from './noise.ts';

/** A VNI has 24 bits. */
const HIGHEST_VNI = 2 ** 24 - 1;

const OTHER_FIELDS = new RegExp(
  '^ +(?:NVE-Interface|Interface|Mcast-Addr|DCI Mcast-Addr|Multicast-group|Mode|VNI Flags|Provision State|Vlan-BD|SVI State' +
    '|Suppress ARP|Suppress ND|Multisite[\\w -]{0,30}|Tenant VRF|VRF|Associated VRF|IR Mode)[ ]*:(?: .*)?$',
);

/** `show nve vni interface nve 1 detail`. */
export const vnis = outputReader({
  kind: 'vnis',
  command: /^show nve vni interface nve ?\d+ detail$/,
  read(output) {
    const rows: VniRow[] = [];
    let row: VniRow | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^VNI *: *(\d+)$/,
        take: ([, text]) => {
          row = vniRow(Number(text));
          if (!row) return false;
          rows.push(row);
        },
      },
      {
        pattern: /^ +VNI State +: *(Up|Down)$/i,
        take: ([, state = '']) => {
          if (!row) return false;
          row.operUp = state.toLowerCase() === 'up';
        },
      },
      {
        pattern: /^ +VNI Type +: *(L[23]|CP|DP) *\[(.*)\]$/,
        take: ([, type = '', place = '']) => (row ? setType(row, type, place) : false),
      },
      { pattern: OTHER_FIELDS, take: () => (row ? undefined : false) },
      ...noise,
    ]);
    return { rows, unparsed };
  },
});

/** The table `show nve vni`, with or without an interface. */
export const vniTable = outputReader({
  kind: 'vnis',
  command: /^show nve vni(?: interface nve ?\d+)?$/,
  read(output) {
    const rows: VniRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^(?:Codes:)? +[A-Z][\w-]{0,6} - [A-Z][\w -]*$/i },
      { pattern: /^Interface +VNI +Multicast-group +State +Mode +Type \[BD\/VRF\] +Flags$/ },
      { pattern: /^[- ]{20,}$/ },
      {
        pattern: /^nve\d+ +(\d+) +(\S+) +(Up|Down) +(\S+) +(L[23]) +\[([^\]]*)\](?: +\S.*)?$/i,
        take: ([, vni, , state = '', , type = '', place = '']) => {
          const row = vniRow(Number(vni));
          if (!row || setType(row, type, place) === false) return false;
          rows.push({ ...row, operUp: state.toLowerCase() === 'up' });
        },
      },
      ...noise,
    ]);
    return { rows, unparsed };
  },
});

function vniRow(vni: number): VniRow | null {
  return vni >= 1 && vni <= HIGHEST_VNI ? { vni, kind: null, vlan: null, operUp: null } : null;
}

/** In brackets: the VLAN, `UC` (no VLAN has the VNI), or the VRF of an L3 VNI. */
function setType(row: VniRow, type: string, place: string): false | undefined {
  row.kind = type === 'L2' ? 'l2' : type === 'L3' ? 'l3' : null;
  if (type !== 'L2' || place === 'UC') return;
  const vlan = /^\d{1,4}$/.test(place) ? Number(place) : 0;
  if (vlan < 1 || vlan > 4094) return false;
  row.vlan = vlan;
}
