/** Ethernet ports as the configuration calls them, and as tables print them. CloudEngine prints the short form only. */
const ETHERNET: ReadonlyArray<readonly [long: string, short: string]> = [
  ['Ethernet', 'Eth'],
  ['GigabitEthernet', 'GE'],
  ['XGigabitEthernet', 'XGE'],
  ['MultiGE', 'MultiGE'],
  ['10GE', '10GE'],
  ['25GE', '25GE'],
  ['40GE', '40GE'],
  ['50GE', '50GE'],
  ['50|100GE', '50|100GE'],
  ['100GE', '100GE'],
  ['200GE', '200GE'],
  ['400GE', '400GE'],
  ['800GE', '800GE'],
];

const LAG = 'Eth-Trunk';

/** Types of interface whose blocks hold a switch port's settings. */
export const PORT_TYPES: readonly string[] = [...ETHERNET.map(([long]) => long), LAG];

/** Interfaces that carry no VLANs as a switch port does. */
const OTHER: ReadonlyArray<readonly [long: string, ...short: string[]]> = [
  ['MEth', 'MGE'],
  ['Vlanif'],
  ['Vbdif'],
  ['LoopBack', 'Loop'],
  ['InLoopBack', 'InLoop'],
  ['NULL'],
  ['Nve'],
  ['Tunnel', 'Tun'],
  ['MTunnel', 'MTun'],
  ['Aux'],
  ['Console'],
  ['Serial', 'S'],
  ['Pos'],
  ['Atm'],
  ['Cellular'],
  ['Dialer'],
  ['Virtual-Ethernet', 'VE'],
  ['Global-VE'],
  ['Virtual-Template', 'VT'],
  ['Virtual-if'],
  ['Ip-Trunk'],
  ['Mp-group'],
  ['Trunk-Serial'],
  ['Stack-Port'],
  ['Fabric-Port'],
  ['Stack-PortE'],
  ['FCoE-Port'],
  ['FC'],
  ['Sip'],
  ['SIM'],
  ['Wlan-Radio'],
  ['Wlan-Bss'],
  ['Wlan-Dbss'],
  ['Wlan-Capwap'],
  ['Wlan-Ess'],
  ['Capwap'],
  ['Fwd-Tunnel'],
  ['Bridge-if'],
  ['Reth'],
];

const ALL: ReadonlyArray<readonly [long: string, ...short: string[]]> = [...ETHERNET, [LAG], ...OTHER];
const TYPES = new Map(ALL.flatMap(([long, ...short]) => [long, ...short].map((form) => [form.toLowerCase(), long])));
const SHORT = new Map(ALL.map(([long, short]) => [long, short ?? long]));

/** Up to four numbers (chassis or stack member, slot, subcard, port), the part of a split port, the subinterface. */
const NAME = /^((?:50\|)?\d{2,3}GE|[A-Za-z][A-Za-z-]{0,30}) ?(\d{1,5}(?:\/\d{1,3}){0,3}(?::\d{1,3})?(?:\.\d{1,10})?)$/;
const ETHERNET_NUMBER = /^\d{1,3}(?:\/\d{1,3}){1,3}(?::\d{1,3})?$/;

/** Any form of an interface's name to the long one; null for what is no interface of this vendor. */
export function canonicalName(text: string): string | null {
  // Routers print the speed that a port of several speeds runs at: GigabitEthernet4/0/4(10G).
  const name = text.trim().replace(/\(\d{1,3}G\)$/, '');
  const [, type = '', number = ''] = NAME.exec(name) ?? [];
  const long = TYPES.get(type.toLowerCase());
  return long === undefined ? null : long + number;
}

/** As tables print it: XGigabitEthernet0/0/1 is XGE0/0/1. */
export function shortName(canonical: string): string {
  const [, type = '', number = ''] = NAME.exec(canonical) ?? [];
  return (SHORT.get(type) ?? type) + number || canonical;
}

/** Ports and LAGs that may carry VLANs; subinterfaces are none. */
export function isSwitchPort(canonical: string): boolean {
  const [, type = '', number = ''] = NAME.exec(canonical) ?? [];
  if (type === LAG) return /^\d+$/.test(number);
  return ETHERNET.some(([long]) => long === type) && ETHERNET_NUMBER.test(number);
}
