/** Interface types of NX-OS in its own spelling, with the short form of the show commands' tables. */
const TYPES: ReadonlyArray<readonly [long: string, short: string]> = [
  ['Ethernet', 'Eth'],
  ['port-channel', 'Po'],
  ['mgmt', 'mgmt'],
  ['Vlan', 'Vlan'],
  ['loopback', 'Lo'],
  ['Tunnel', 'Tunnel'],
  ['nve', 'nve'],
  ['Vethernet', 'Veth'],
  ['Null', 'Null'],
  ['Bdi', 'Bdi'],
  ['fc', 'fc'],
  ['vfc', 'vfc'],
  ['vfc-port-channel', 'vfc-po'],
  ['san-port-channel', 'San-po'],
  ['Overlay', 'Overlay'],
  ['pseudowire', 'pw'],
  ['sup-eth', 'sup-eth'],
];

/** `1/1`, `1/1/1` (breakout, or a port of a fabric extender), `101/1/1/1`, also with a sub-interface. */
const NAME = /^([A-Za-z][A-Za-z-]*[A-Za-z]) ?(\d{1,4}(?:\/\d{1,4}){0,3}(?:\.\d{1,5})?)$/;
const SWITCH_PORT = /^(?:Ethernet\d{1,4}(?:\/\d{1,3}){1,3}|port-channel\d{1,4})$/;

/** Any form that NX-OS prints or takes, with or without a blank before the number; null when it is no interface. */
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

/** As NX-OS's tables print it: Ethernet1/1 is Eth1/1, port-channel10 is Po10. */
export function shortName(canonical: string): string {
  const type = TYPES.find(([long]) => canonical.startsWith(long) && /^\d/.test(canonical.slice(long.length)));
  return type ? `${type[1]}${canonical.slice(type[0].length)}` : canonical;
}

/** May the port carry VLANs, as far as its name tells? */
export function isSwitchPort(canonical: string): boolean {
  return SWITCH_PORT.test(canonical);
}
