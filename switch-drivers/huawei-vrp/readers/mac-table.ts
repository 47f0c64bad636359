import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

const TYPES =
  /^(?:dynamic|static|blackhole|sticky|security|sec-config|sec-dynamic|sec-sticky|mux|snooping|authen|pre-mac|evn|evpn|guest|oam|pppoe|mlag|dcn|ip-trunk|tunnel|ipv[46]bind|other)\*?$/i;

/** `display mac-address`: blackhole entries and those from the other side of a tunnel have no port and are no rows. */
export const macTable = outputReader({
  kind: 'macs',
  command:
    /^display mac-address(?: (?:dynamic|static))?(?: [0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,4})?(?: (?:interface )?[A-Za-z\d][\w-]* ?\d[\d/:.]*)?(?: vlan \d{1,4})?$/i,
  read(output) {
    const rows: MacRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*MAC Address +VLAN\/\S* +(?:[CP]EVLAN +){0,2}(?:Port\S*|Learned-From) +Type/i },
      { pattern: /^\s*VSI\/\S+(?: +MAC-\w+)?$/i },
      { pattern: /^\s*MAC address table of slot \S+?:?$/i },
      { pattern: /^\s*Total (?:matching )?items(?: on slot \S+)?(?: displayed)? ?[=:] ?\d+$/i },
      { pattern: /^\s*(?:Flags: )?[*#] ?- ?[A-Za-z]/ },
      { pattern: /^\s*BD *: *bridge-domain/i },
      { pattern: /^\s*(?:Info|Warning): .{0,40}\bMAC address(?:es)?\b.{0,40}$/i },
      {
        pattern: /^\s*[*#]?([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s+(\S.*)$/i,
        take([, address = '', rest = '']) {
          const [segment = '', ...words] = rest.split(/\s+/);
          const mac = normalizeMac(address);
          const vlan = vlanOf(segment);
          const at = words.findIndex((word) => TYPES.test(word));
          // Between the VLAN and the port older releases print the tags of stacked VLANs.
          const tags = words.slice(0, at - 1);
          if (mac === null || vlan === undefined || at < 1 || tags.some((tag) => !/^(?:\d{1,4}|-)$/.test(tag)))
            return false;
          // Behind the type: age in seconds, or LSP and tunnel.
          if (!/^(?:\d+|-|\d+\/\S+|)$/.test(words.slice(at + 1).join(' '))) return false;
          const from = words[at - 1] ?? '';
          const portId = canonicalName(from.replace(/[*#]$/, ''));
          if (portId === null) return isNoPort(from) ? undefined : false;
          const type = (words[at] ?? '').toLowerCase();
          rows.push({ mac, vlan, portId, kind: type === 'dynamic' || type === 'static' ? type : 'other' });
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** `10`, `10/-/-` (VLAN, VSI, bridge domain); null where it is a VSI or a bridge domain; undefined: neither. */
function vlanOf(text: string): number | null | undefined {
  const [first = '', ...others] = text.split('/');
  if (vlanId(first) !== null) return vlanId(first);
  return first === '-' ? null : /^\d+$/.test(first) || others.length > 0 ? undefined : null;
}

/** Nothing, or the address of the tunnel's other end. */
function isNoPort(text: string): boolean {
  return /^-+$/.test(text) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || /^[0-9a-f:]{2,39}$/i.test(text);
}
