import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/**
 * Layer 2 Bridging Guide, "show mac-address-table". Types besides `dynamic` name the feature that made the entry; the list
 * of static addresses has no type column.
 */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac-address-table(?: dynamic| static)?(?: (?:address|port|vlan) \S+)?$/,
  read(output) {
    const rows: MacRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^MAC age-time\s*: \d+ seconds$/ },
      { pattern: /^Number of MAC addresses\s*: \d+$/ },
      { pattern: /^No MAC entries found\.?$/ },
      { pattern: /^MAC Address\s+VLAN\s+(?:Type\s+)?Port$/ },
      ...NOISE,
      {
        pattern: /^\s?([\da-fA-F]{2}(?::[\da-fA-F]{2}){5})\s+(\d{1,4})\s+(?:([a-z][a-z-]*)\s+)?(\S+)$/,
        take([, address = '', id = '', type = 'static', port = '']) {
          const mac = normalizeMac(address);
          const vlan = vlanId(id);
          const portId = canonicalName(port);
          if (mac === null || vlan === null || portId === null) return false;
          rows.push({ mac, vlan, portId, kind: type === 'dynamic' || type === 'static' ? type : 'other' });
        },
      },
    ]);
    return { rows, unparsed };
  },
});
