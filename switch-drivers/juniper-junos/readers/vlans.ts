import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { NOISE, type Taken, vlanId, withoutPager } from './noise.ts';

/**
 * `show vlans`: with ELS a line per VLAN and one per interface, without it the interfaces of a VLAN by commas. A star
 * marks interfaces that are up. A VLAN without a tag (`default` without ELS) has no id that could be planned: its
 * lines are known and give no row.
 */
export const vlans = outputReader({
  kind: 'vlans',
  command: /^show vlans(?: brief)?(?: (?!extensive|detail|brief)[\w.:/-]+)?(?: \| no-more)?$/,
  read(output) {
    const rows: VlanRow[] = [];
    let els = true;
    let current: VlanRow | null = null;
    let known = false;
    const start = (name: string, tag: string): Taken => {
      const vlan = vlanId(tag);
      if (vlan === null && /^[1-9]/.test(tag)) return false;
      known = true;
      current = vlan === null ? null : { vlan, name, active: null, ports: [] };
      if (current) rows.push(current);
    };
    const members = (text: string): Taken => {
      const names = text.split(/[\s,]+/).filter((word) => word !== '' && word !== 'None' && word !== '*');
      const ids = names.map((word) => canonicalName(word.replace(/\*$/, '')));
      if (!known || ids.includes(null)) return false;
      // Tunnels to other switches (vtep, esi) and the routed interface are no ports.
      for (const portId of ids)
        if (portId !== null && isSwitchPort(portId)) current?.ports?.push({ portId, tagged: null });
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Routing instance\s+VLAN name\s+Tag\s+Interfaces$/i,
        take: () => {
          els = true;
        },
      },
      {
        pattern: /^\s*(?:VLAN )?Name\s+Tag\s+(?:Interfaces|Address\s.*|Ports.*)$/i,
        take: () => {
          els = false;
        },
      },
      {
        pattern: /^\s+([\w.-]+-\d.*|(?:ae|reth|vtep|esi|lsi|irb|vlan|\.local)\.?\d.*|None)$/,
        take: ([, text = '']) => members(text),
      },
      ...NOISE,
      {
        pattern: /^(\S+)\s+(\S+)(?:\s+(\d{1,4}|none|NA))?$/i,
        take: ([, , name = '', tag = '']) => (els ? start(name, tag) : false),
      },
      {
        pattern: /^(\S+)\s+(\d{1,4}|None)?(?:\s+(\S.*))?$/i,
        take([, name = '', tag = '', text]) {
          if (els || start(name, tag) === false) return false;
          return text === undefined ? undefined : members(text);
        },
      },
      { pattern: /^(default)$/, take: ([, name = '']) => (els ? false : start(name, '')) },
    ]);
    return { rows, unparsed };
  },
});
