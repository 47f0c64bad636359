import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/**
 * EOS User Manual, "show mac address-table": the unicast table, then the multicast one, whose entries may leave by several
 * ports; each port is a row.
 */
export const macTableText = outputReader({
  kind: 'macs',
  command:
    /^show mac[ -]address-table(?: (?:dynamic|static|unicast|multicast|configured))?(?: (?:address|interface|vlan) \S+){0,3}$/,
  read(output) {
    const rows: MacRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*(?:Multicast )?mac address table$/i },
      { pattern: /^\s*vlan\s+mac address\s+type\s+ports(?:\s+moves\s+last move)?$/i },
      { pattern: /^Total mac addresses for this criterion: \d+$/i },
      ...NOISE,
      {
        pattern: /^\s*(\d{1,4})\s+([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s+([A-Z]+)\s+(\S.*)$/i,
        take([, id = '', address = '', type = '', rest = '']) {
          const vlan = vlanId(id);
          const mac = normalizeMac(address);
          const ports = portsOf(rest);
          if (vlan === null || mac === null || ports === null) return false;
          for (const portId of ports) rows.push({ mac, vlan, portId, kind: kindOf(type) });
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** How often the entry moved and when: `1 9 days 15:57:28 ago`. */
const MOVED = /^\d+ (?:\d+ (?:year|week|day)s? ){0,3}\d+:\d+:\d+ ago$/;

/** Ports, then how often the entry moved and when; null when that is not what the text holds. */
function portsOf(text: string): string[] | null {
  const words = text.split(/[\s,]+/);
  const moved = words.findIndex((word) => /^\d+$/.test(word));
  if (moved >= 0 && !MOVED.test(words.slice(moved).join(' '))) return null;
  const ports = words.slice(0, moved < 0 ? undefined : moved).map(canonicalName);
  return ports.length > 0 && ports.every((port) => port !== null) ? ports : null;
}

function kindOf(type: string): MacRow['kind'] {
  const word = type.toLowerCase();
  return word === 'dynamic' || word === 'static' ? word : 'other';
}
