/** Interface types that may hold switch ports, with the short form of the show commands' tables. */
const ETHERNET: ReadonlyArray<readonly [long: string, short: string]> = [
  ['Ethernet', 'Et'],
  ['FastEthernet', 'Fa'],
  ['GigabitEthernet', 'Gi'],
  ['TwoGigabitEthernet', 'Tw'],
  ['FiveGigabitEthernet', 'Fi'],
  ['TenGigabitEthernet', 'Te'],
  ['TwentyFiveGigE', 'Twe'],
  ['FortyGigabitEthernet', 'Fo'],
  ['FiftyGigE', 'Fif'],
  ['HundredGigE', 'Hu'],
  ['TwoHundredGigE', 'TwoH'],
  ['FourHundredGigE', 'Fou'],
  ['AppGigabitEthernet', 'Ap'],
  ['Wlan-GigabitEthernet', 'Wl'],
  // The switch's side of a service module.
  ['SM', 'SM'],
];

/** The other types: logical interfaces, and what routers have. */
const OTHERS: ReadonlyArray<readonly [long: string, short: string]> = [
  ['Port-channel', 'Po'],
  ['Vlan', 'Vl'],
  ['Loopback', 'Lo'],
  ['Tunnel', 'Tu'],
  ['Null', 'Nu'],
  ['nve', 'nv'],
  ['BDI', 'BD'],
  ['BVI', 'BV'],
  ['L2LISP', 'L2LI'],
  ['LISP', 'LI'],
  ['Serial', 'Se'],
  ['Async', 'As'],
  ['ATM', 'AT'],
  ['Cellular', 'Ce'],
  ['Dialer', 'Di'],
  ['Dot11Radio', 'Do'],
  ['Embedded-Service-Engine', 'Em'],
  ['Service-Engine', 'Service-Engine'],
  ['Bluetooth', 'Bl'],
  ['Capwap', 'Ca'],
  ['Group-Async', 'Gr'],
  ['Multilink', 'Mu'],
  ['NVI', 'NVI'],
  ['Overlay', 'Ov'],
  ['POS', 'POS'],
  ['pseudowire', 'ps'],
  ['StackPort', 'St'],
  ['ucse', 'uc'],
  ['Virtual-Access', 'Vi'],
  ['Virtual-Template', 'Vt'],
  ['VirtualPortGroup', 'VP'],
];

const TYPES = [...ETHERNET, ...OTHERS];

/** `1/0/1`, also with a sub-interface (`.100`) or a channel (`:0`). */
const NAME = /^([A-Za-z][A-Za-z0-9-]*[A-Za-z]) ?(\d{1,4}(?:\/\d{1,4}){0,4}(?:\.\d{1,10})?(?::\d{1,4})?)$/;
const SWITCH_PORT = new RegExp(
  `^(?:(?:${ETHERNET.map(([long]) => long).join('|')})\\d+(?:/\\d+){1,3}|Port-channel\\d+)$`,
);

/**
 * Long, short or otherwise abbreviated name to the long one; null when it is no interface. IOS takes every abbreviation of
 * a type that is not ambiguous, in any case, with or without a blank before the number.
 */
export function canonicalName(text: string): string | null {
  const match = NAME.exec(text.trim());
  if (!match) return null;
  const type = longType((match[1] ?? '').toLowerCase());
  return type === null ? null : `${type}${match[2]}`;
}

function longType(typed: string): string | null {
  const exact = TYPES.find(([long, short]) => short.toLowerCase() === typed || long.toLowerCase() === typed);
  if (exact) return exact[0];
  const candidates = TYPES.filter(([long]) => long.toLowerCase().startsWith(typed));
  return candidates.length === 1 ? (candidates[0]?.[0] ?? null) : null;
}

/** As IOS's tables print it: GigabitEthernet1/0/1 is Gi1/0/1. */
export function shortName(canonical: string): string {
  const type = TYPES.find(([long]) => canonical.startsWith(long) && /^\d/.test(canonical.slice(long.length)));
  return type ? `${type[1]}${canonical.slice(type[0].length)}` : canonical;
}

/**
 * May the port carry VLANs, as far as its name tells? FastEthernet0, FastEthernet1 and GigabitEthernet0 are management
 * ports of Catalyst switches. GigabitEthernet0/0 is one on some and a switch port on others: its configuration tells.
 */
export function isSwitchPort(canonical: string): boolean {
  return SWITCH_PORT.test(canonical);
}
