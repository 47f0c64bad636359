import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/**
 * `show mac table` (ZXROS), `show mac` (ROS). Products order their columns differently, so the heading tells on which
 * side of the port the VLAN is. ROS has no type but the columns `Per` and `Stc`, 1 for permanent and static entries.
 */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac(?: table)?(?: (?!count|config)\S+){0,4}$/,
  read(output) {
    const rows: MacRow[] = [];
    let vlanFirst = true;
    let flags = false;
    let legend = false;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*MAC[ _-]?(?:Address)?\s.*\b(?:Port|Interface)\b/i,
        take(_match, line) {
          const heading = line.toLowerCase();
          vlanFirst = heading.indexOf('vlan') < heading.search(/port|interface/);
          flags = /\bper\s+stc\b/.test(heading);
          legend = false;
        },
      },
      {
        pattern: /^\s*([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s+(\S.*)$/i,
        take([, address = '', text = '']) {
          const words = text.split(/\s+/);
          const at = words.findIndex((word) => canonicalName(word) !== null);
          const mac = normalizeMac(address);
          const portId = canonicalName(words[at] ?? '');
          const beside = vlanFirst ? words.slice(0, at) : words.slice(at + 1);
          const number = beside.find((word) => /^\d+$/.test(word));
          const vlan = number === undefined ? null : vlanId(number);
          if (mac === null || portId === null || (number !== undefined && vlan === null)) return false;
          const after = vlanFirst ? words.slice(at + 1) : words.slice(words.indexOf(number ?? '', at) + 1);
          rows.push({ mac, vlan, portId, kind: flags ? kindByFlags(after) : kindByWord(words) });
        },
      },
      {
        pattern: /^\s*Flags\s*:/i,
        take: () => {
          legend = true;
        },
      },
      // `Stc - static, ToP - to_permanent`, `0,LEARN; 1,CONFIG`
      { pattern: /^\s+(?:\w{2,4} ?-{1,2} ?\w|\d,\w)/, take: () => (legend ? undefined : false) },
      { pattern: /^\s*Total MAC Address(?:es)?(?: num(?:ber)?)?\s*[:=]\s*\d+$/i },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

function kindByFlags([permanent, fixed]: string[]): MacRow['kind'] {
  if (permanent === '1' || fixed === '1') return 'static';
  return permanent === '0' && fixed === '0' ? 'dynamic' : null;
}

function kindByWord(words: string[]): MacRow['kind'] {
  if (words.some((word) => /^(?:dynamic|dyn|learn(?:ed)?)$/i.test(word))) return 'dynamic';
  return words.some((word) => /^(?:static|sta|permanent|per)$/i.test(word)) ? 'static' : null;
}
