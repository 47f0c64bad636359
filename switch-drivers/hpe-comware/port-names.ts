/** Ethernet ports as the configuration calls them, and as tables print them. */
const ETHERNET: ReadonlyArray<readonly [long: string, ...short: string[]]> = [
  ['Ethernet', 'Eth'],
  ['GigabitEthernet', 'GE'],
  ['Smartrate-Ethernet', 'SGE'],
  ['Ten-GigabitEthernet', 'XGE'],
  ['Twenty-FiveGigE', 'WGE', '25GE'],
  ['FortyGigE', 'FGE', '40GE'],
  ['FiftyGigE', '50GE'],
  ['HundredGigE', 'HGE', '100GE'],
  ['TwoHundredGigE', '200GE'],
  ['FourHundredGigE', '400GE'],
];

const LAG: readonly [long: string, short: string] = ['Bridge-Aggregation', 'BAGG'];

/** Types of interface whose blocks hold a switch port's settings. */
export const PORT_TYPES: readonly string[] = [...ETHERNET.map(([long]) => long), LAG[0]];

/** Interfaces that carry no VLANs as a switch port does. */
const OTHER: ReadonlyArray<readonly [long: string, ...short: string[]]> = [
  ['M-GigabitEthernet', 'MGE'],
  ['M-Ethernet', 'ME', 'M-E'],
  ['Route-Aggregation', 'RAGG'],
  ['Blade-Aggregation', 'BLAGG'],
  ['Schannel-Aggregation', 'SCH-AGG'],
  ['Vlan-interface', 'Vlan'],
  ['Vsi-interface', 'Vsi'],
  ['LoopBack', 'Loop'],
  ['InLoopBack', 'InLoop'],
  ['NULL'],
  ['Tunnel', 'Tun'],
  ['Tunnel-Bundle', 'Tunnel-B'],
  ['MTunnel', 'MTun'],
  ['Register-Tunnel', 'REG'],
  ['Eth-channel', 'E-Ch'],
  ['Serial', 'Ser', 'S'],
  ['Pos'],
  ['MP-group', 'MP'],
  ['Dialer', 'Dia'],
  ['Virtual-Template', 'VT'],
  ['Virtual-Ethernet', 'VE'],
  ['Virtual-Access', 'VA'],
  ['Cellular', 'Cell'],
  ['Async', 'Asy'],
  ['Analogmodem', 'AM'],
  ['Aux'],
  ['Console', 'Con'],
  ['Atm'],
  ['Bri'],
  ['Fc'],
  ['Vfc'],
  ['San-Aggregation', 'SAGG'],
  ['S-Channel', 'SCH'],
  ['Blade'],
  ['HDLC-bundle', 'HDLC-B'],
  ['MFR'],
  ['SSLVPN-AC'],
  ['WLAN-Radio', 'WLAN-R'],
  ['WLAN-BSS'],
  ['IRF-port'],
];

const TYPES = new Map(
  [...ETHERNET, LAG, ...OTHER].flatMap(([long, ...short]) =>
    [long, ...short].map((form) => [form.toLowerCase(), long]),
  ),
);
const SHORT = new Map([...ETHERNET, LAG, ...OTHER].map(([long, short]) => [long, short ?? long]));

/** Up to four numbers (IRF chassis, slot, subslot, port), the part of a split port, the subinterface. */
const NAME = /^(\d{2,3}GE|[A-Za-z][A-Za-z-]{0,30}) ?(\d{1,5}(?:\/\d{1,3}){0,3}(?::\d{1,5})?(?:\.\d{1,5})?)$/;
const ETHERNET_NUMBER = /^\d{1,3}(?:\/\d{1,3}){1,3}(?::\d{1,3})?$/;

/** Any form of an interface's name to the one the configuration prints; null for what is no interface of this vendor. */
export function canonicalName(text: string): string | null {
  const [, type = '', number = ''] = NAME.exec(text.trim()) ?? [];
  const long = TYPES.get(type.toLowerCase());
  return long === undefined ? null : long + number;
}

/** As tables print it: Ten-GigabitEthernet1/0/1 is XGE1/0/1, Bridge-Aggregation7 is BAGG7. */
export function shortName(canonical: string): string {
  const [, type = '', number = ''] = NAME.exec(canonical) ?? [];
  return (SHORT.get(type) ?? type) + number || canonical;
}

/** Ports and LAGs that may carry VLANs. Subinterfaces are layer 3. */
export function isSwitchPort(canonical: string): boolean {
  const [, type = '', number = ''] = NAME.exec(canonical) ?? [];
  if (type === LAG[0]) return /^\d+$/.test(number);
  return ETHERNET.some(([long]) => long === type) && ETHERNET_NUMBER.test(number);
}
