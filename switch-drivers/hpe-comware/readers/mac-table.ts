import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

const KINDS: Record<string, MacRow['kind']> = {
  learned: 'dynamic',
  'config dynamic': 'dynamic',
  dynamic: 'dynamic',
  static: 'static',
  'config static': 'static',
};

/** Layer 2 Command Reference, "display mac-address". A blackhole entry has no port and is no row. */
export const macTable = outputReader({
  kind: 'macs',
  command:
    /^display mac-address(?: [0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,4})?(?: (?:dynamic|static|multiport|blackhole))?(?: interface [A-Za-z][\w-]* ?\d[\d/:.]*)?(?: vlan \d{1,4})?$/i,
  read(output) {
    const rows: MacRow[] = [];
    let multiport: MacRow | null = null;
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*MAC ADDR(?:ESS)? +VLAN ID +STATE +PORT/i },
      { pattern: /^\s*-{2,} *\d+ mac address(?:es|\(es\))? found/i },
      { pattern: /^\s*(?:No mac address(?:es)? found\.?|Mac address(?:es)? not found\.?)$/i },
      {
        pattern: /^\s*([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s+(\S.*)$/i,
        take([, address = '', rest = '']) {
          const [vlanText = '', ...words] = rest.split(/\s+/);
          const mac = normalizeMac(address);
          const vlan = vlanId(vlanText);
          if (mac === null || (vlan === null && !/^(?:-+|N\/A)$/i.test(vlanText))) return false;
          const at = words.findLastIndex((word) => /^(?:N\/A|-+)$/i.test(word) || canonicalName(word) !== null);
          const state = words.slice(0, at).join(' ').toLowerCase();
          // Behind the port there is the aging alone.
          if (at < 1 || !/^[a-z][a-z0-9 .-]*$/.test(state) || words.length > at + 2) return false;
          multiport = null;
          const portId = canonicalName(words[at] ?? '');
          if (portId === null) return;
          const row: MacRow = { mac, vlan, portId, kind: KINDS[state] ?? 'other' };
          rows.push(row);
          if (state === 'multiport') multiport = row;
        },
      },
      {
        pattern: /^\s{8,}(\S+)$/,
        take([, name = '']) {
          const portId = canonicalName(name);
          if (multiport === null || portId === null) return false;
          rows.push({ ...multiport, portId });
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
