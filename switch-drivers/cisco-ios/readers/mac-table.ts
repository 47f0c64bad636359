import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

const MAC = '([0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4})';
/** VLAN, address, type and what follows, with the flags of modular Catalysts before. */
const ENTRY = new RegExp(`^ *(?:[*SRD#] *){0,2}(\\d{1,4}|All|---|N/A) +${MAC} +([A-Za-z_][\\w-]*)(?: +(\\S.*))?$`, 'i');
/** Catalyst 2900 XL: address, type, VLAN, port. */
const OLD_ENTRY = new RegExp(`^${MAC} +([A-Za-z][\\w-]*) +(\\d{1,4}) +(\\S.*)$`, 'i');
/** Modular Catalysts print whether the entry may be learnt, and its age. */
const LEARN_AND_AGE = /^(?:Yes|No) +(?:\d+|-|~~~|n\/a)(?: +|$)/i;
const PROTOCOLS = /^(?:ip|ipx|assigned|other)(?:,(?:ip|ipx|assigned|other)){0,3}(?: +|$)/;
/** Where frames go that leave through no interface. */
const INSIDE = /^(?:CPU|Router|Switch|Stby-Switch|Drop|Sup|Supervisor|igmp|vPC)$/i;

/**
 * `show mac address-table`, in the forms of fixed and modular Catalysts. One row per port; an entry without any port has
 * none, and groups (`Multicast Entries`) are no stations. Entries of the switch itself keep the device's word for the
 * place (`CPU`, `Router`, `Switch`, `Drop`).
 */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac[- ]address-table(?: (?:dynamic|static|address|interface|vlan)\b[ \w./:-]*)?$/,
  read(output) {
    const rows: MacRow[] = [];
    let wrapped: Omit<MacRow, 'portId'> | null = null;
    let groups = false;

    function add(vlanText: string, address: string, type: string, list: string): false | undefined {
      const vlan = /^\d+$/.test(vlanText) ? Number(vlanText) : null;
      const mac = normalizeMac(address);
      const ports = places(list.replace(LEARN_AND_AGE, '').replace(PROTOCOLS, ''));
      if (mac === null || vlan === 0 || (vlan ?? 1) > 4094 || !ports) return false;
      wrapped = { mac, vlan, kind: kindOf(type) };
      if (!groups) rows.push(...ports.map((portId) => ({ mac, vlan, portId, kind: kindOf(type) })));
    }

    const unparsed = readLines(withoutPager(output), [
      { pattern: ENTRY, take: ([, vlan = '', mac = '', type = '', list = '']) => add(vlan, mac, type, list) },
      { pattern: OLD_ENTRY, take: ([, mac = '', type = '', vlan = '', list = '']) => add(vlan, mac, type, list) },
      {
        pattern: /^ {16,}(\S.*)$/,
        take: ([, list = '']) => {
          const ports = wrapped && places(list);
          const entry = wrapped;
          if (!entry || !ports) return false;
          if (!groups) rows.push(...ports.map((portId) => ({ ...entry, portId })));
        },
      },
      { pattern: /^ *(?:Legend: {1,8})?(?:[*SRDCTY#!]|age|n\/a) - \S/ },
      { pattern: /^[-+ ]{4,}$/ },
      { pattern: /^ *vlan +mac address +type +(?:protocols +port|learn +age +ports|ports)$/i },
      { pattern: /^Destination Address +Address Type +VLAN +Destination Port$/i },
      { pattern: /^ *Mac Address Table(?: \(.*\))?$/i },
      {
        pattern: /^(Unicast|Multicast) Entries$/i,
        take: ([, what]) => {
          groups = what?.toLowerCase() === 'multicast';
        },
      },
      { pattern: /^(?:Non-static|Static|Secure|Dynamic|Self) Address Table:$/i },
      { pattern: /^(?:Dynamic|Secure|Static|System Self) Addresses (?:\([\w-]+\) )?Count: +\d+$/i },
      { pattern: /^Total MAC addresses(?: for this criterion| installed)?: +\d+$/i },
      { pattern: /^Displaying entries from (?:DFC |active |standby |module |linecard |switch )?[\w[\] ]+:{1,2}$/i },
      { pattern: /^(?:Module|Slot|[EHN]{0,2}WIC):? *\d+(?:\[FE +\d+\])?:?$/i },
      { pattern: /^No entries present\.?$/i },
      ...noise,
    ]);
    return { rows, unparsed };
  },
});

function kindOf(type: string): MacRow['kind'] {
  const word = type.toLowerCase();
  return word === 'dynamic' || word === 'static' ? word : 'other';
}

/** The ports of a list; null when one of them is none. */
function places(list: string): string[] | null {
  const found: string[] = [];
  for (const name of list.split(/[, ]+/)) {
    if (name === '' || name === '-') continue;
    const portId = canonicalName(name) ?? (INSIDE.test(name) ? name : null);
    if (portId === null) return null;
    found.push(portId);
  }
  return found;
}
