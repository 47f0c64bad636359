import { outputReader, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, type Taken, vlanId, withoutPager } from './noise.ts';

/**
 * Dual mode: without a tag in this VLAN, with one in others. A MAC VLAN port gives its frames to the VLAN by source
 * address. Uplink ports are among the tagged or untagged ones already.
 */
const TAGGED: Record<string, boolean | null> = { untagged: false, tagged: true, dualmode: false, 'mac-vlan': null };

export const vlan = outputReader({
  kind: 'vlans',
  command: /^show vlan(?: \d{1,4}| (?:ethernet|lag) .+)?$/,
  read(output) {
    const rows: VlanRow[] = [];
    let kind = '';
    const add = (text: string): Taken => {
      const members = listed(text, TAGGED[kind] ?? null);
      const ports = rows.at(-1)?.ports;
      if (!members || !ports || !(kind in TAGGED)) return false;
      ports.push(...members.filter(({ portId }) => !ports.some((port) => port.portId === portId)));
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*PORT-VLAN (\d+), Name (.*), Priority level\d/,
        take([, id = '', name = '']) {
          const number = vlanId(id);
          if (number === null) return false;
          rows.push({ vlan: number, name: name === '[None]' ? null : name, active: null, ports: [] });
          kind = '';
        },
      },
      {
        pattern: /^\s*(Untagged|Tagged|DualMode|Mac-Vlan) Ports\s*:\s*(\S.*)$/i,
        take([, word = '', text = '']) {
          kind = word.toLowerCase();
          return /^none$/i.test(text) ? undefined : add(text);
        },
      },
      {
        pattern: /^\s*Uplink Ports\s*:/i,
        take() {
          kind = '';
        },
      },
      // A list that goes on below without its heading.
      { pattern: /^\s+(\([\w/]+\)(?:\s+\d.*)?)$/, take: ([, text = '']) => add(text) },
      { pattern: /^\s*(?:Total|Maximum) PORT-VLAN entries: \d+$/ },
      { pattern: /^\s*Legend: \[/ },
      { pattern: /^\s*Monitoring: (?:Enabled|Disabled)$/ },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** `(U1/M1)   4   5`: ports 1/1/4 and 1/1/5. Older models print `(Stk0/S1)`, `(S2)` or no bracket. */
function listed(text: string, tagged: boolean | null): VlanMember[] | null {
  const members: VlanMember[] = [];
  let prefix = '';
  for (const word of text.trim().split(/\s+/)) {
    const place = /^\((?:(LAG)|[A-Za-z]+(\d{1,3})(?:\/[A-Za-z]+(\d{1,3}))?)\)$/.exec(word);
    if (place) {
      prefix = place[1] ? 'lag' : [place[2], place[3], ''].filter((part) => part !== undefined).join('/');
      continue;
    }
    const portId = canonicalName(`${prefix}${word}`);
    if (portId === null) return null;
    members.push({ portId, tagged });
  }
  return members;
}
