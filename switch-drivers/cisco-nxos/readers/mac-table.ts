import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Flags, VLAN, address, type, age, secure and notify, port. */
const ENTRY =
  /^ *(?:[*+GOCDSA~#](?=[ \d]) *){0,3}(\d{1,4}|-{1,3}) +([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}) +([a-z_]+) +(\S{1,12}) +(?:([TF~]) +)?(?:([TF~]) +)?(\S.*)$/i;

/** Where frames go that leave through no interface of ours: the supervisor, the peer of a vPC pair, FabricPath. */
const ELSEWHERE =
  /^(?:sup-eth\d*|sup-hi|Drop|vPC Peer-Link|Peer-Link|Router|CPU|Null\d*|\d{1,4}\.\d{1,4}\.\d{1,5}|\(CPU\)|cpu|igmp)$/i;

/** `show mac address-table`. A place that is no interface keeps the device's word (`sup-eth1`, `Drop`, `vPC Peer-Link`). */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac[- ]address-table(?: (?:dynamic|static|address|interface|vlan|vni)\b[ \w./:-]*)?$/,
  read(output) {
    const rows: MacRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^ *Legend: *$/i },
      { pattern: /^ +(?:[*+GORCDSA~T#]|\([A-Z]{1,2}\)|age) ?[-\u2013] .*$/ },
      { pattern: /^ *Note: MAC table entries displayed are getting read from software\.$/ },
      { pattern: /^ *Use the 'hardware-age' keyword to get information related to 'Age'$/ },
      { pattern: /^ *VLAN(?:\/BD)? +MAC Address +Type +age +Secure +NTFY +Ports(?:\/SWID\.SSID\.LID)?$/i },
      { pattern: /^[-+ ]{8,}$/ },
      { pattern: /^ *(?:FEX|Module|Slot) \d+:?$/i },
      { pattern: /^Total MAC Addresses(?: for this criterion)?: *\d+$/i },
      ...noise,
      {
        pattern: ENTRY,
        take: ([, vlanText = '', address = '', type = '', , , , place = '']) => {
          const mac = normalizeMac(address);
          const vlan = /^\d/.test(vlanText) ? Number(vlanText) : null;
          const portId = placeOf(place);
          if (mac === null || portId === null || vlan === 0 || (vlan ?? 1) > 4094) return false;
          rows.push({ mac, vlan, portId, kind: kindOf(type) });
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** `Eth1/1`, `sup-eth1(R)` (routed), `nve1(192.0.2.1)` (the remote VTEP). */
function placeOf(text: string): string | null {
  const name = text.replace(/ ?\([^()]*\)$/, '');
  return canonicalName(name) ?? (ELSEWHERE.test(name) ? name : null);
}

function kindOf(type: string): MacRow['kind'] {
  const word = type.toLowerCase();
  return word === 'dynamic' || word === 'static' ? word : 'other';
}
