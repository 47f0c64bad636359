import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/**
 * `show ethernet-switching table`. It names VLANs only, so a row has no VLAN id. With ELS the columns after the flags
 * differ by release (age, group tag, next hop), so the interface is found by its form.
 */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show ethernet-switching table(?: (?!summary|extensive|detail)[\w.:/-]+){0,4}(?: \| no-more)?$/,
  read(output) {
    const rows: MacRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*(?:\S+\s+)?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\s+(\S.*)$/i,
        take([, address = '', text = '']) {
          const [type = '', ...rest] = text.split(/\s+/);
          const mac = normalizeMac(address);
          const portId = rest.map(canonicalName).find((name) => name !== null) ?? null;
          // `Router` is the switch itself; with EVPN an address may have no interface.
          if (portId === null) return rest.every((word) => /^(?:Router|[-\d.:]+)$/.test(word)) ? undefined : false;
          if (mac === null) return false;
          rows.push({ mac, vlan: null, portId, kind: kindOf(type) });
        },
      },
      { pattern: /^\s*\S+\s+\*\s+Flood\s/ },
      { pattern: /^\s*Ethernet[- ]switching table\s?:/i },
      { pattern: /^\s*VLAN(?:\/BD)?\s+MAC address\s+Type\s+Age\s+Interfaces?$/i },
      { pattern: /^\s*Vlan\s+MAC\s+MAC\s.*$/i },
      { pattern: /^\s*name\s+address\s+flags\s.*$/i },
      { pattern: /^\s*Routing instance\s?:/i },
      { pattern: /^\s*MAC flags\s*\(/i },
      { pattern: /^\s+[A-Z]{1,4} ?- ?[A-Za-z]/ },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** ELS flags: D dynamic, S static, P persistent static; SE is only about statistics. Without ELS: Learn, Static. */
function kindOf(type: string): MacRow['kind'] {
  if (/^(?:Learn|D[A-Z,]*)$/.test(type)) return 'dynamic';
  return /^(?:Static|Persistent|S(?!E)[A-Z,]*|P[A-Z,]*)$/.test(type) ? 'static' : 'other';
}
