import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** VLAN, address, type, interface; in a private VLAN also where the address was learnt. */
const ENTRY = /^ *(\d{1,4}) +((?:[0-9a-f]{2}:){5}[0-9a-f]{2}) +([a-z]+) +(\S+)(?: +pv +\d{1,4})?$/i;

/** `show mac address-table`. */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac address-table(?: (?:dynamic|static|address|interface|vlan)\b[ \w./:-]*)?$/,
  read(output) {
    const rows: MacRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^Codes: pv <vlan-id> - private vlan where the mac is originally learnt$/ },
      { pattern: /^VlanId +Mac Address +Type +Interface$/i },
      ...noise,
      {
        pattern: ENTRY,
        take: ([, number, address = '', type = '', place = '']) => {
          const [vlan, mac, portId] = [Number(number), normalizeMac(address), canonicalName(place)];
          if (mac === null || portId === null || vlan < 1 || vlan > 4094) return false;
          const word = type.toLowerCase();
          rows.push({ mac, vlan, portId, kind: word === 'dynamic' || word === 'static' ? word : 'other' });
        },
      },
    ]);
    return { rows, unparsed };
  },
});
