/** Interfaces that may be switch ports; Management, Vlan, Loopback and Vxlan interfaces are none. */
const SWITCH_PORT = /^(Ethernet|Port-Channel)\d{1,4}(\/\d{1,3}){0,2}$/;

/**
 * Kinds of interface with the short form that EOS's tables print. A `P` or `Peer` before it is a port of the MLAG peer.
 * EOS User Manual, "Ethernet Ports", "Port Channels and LACP", "VXLAN Configuration", "MLAG".
 */
const KINDS: ReadonlyArray<readonly [long: string, short: string]> = [
  ['Ethernet', 'Et'],
  ['Port-Channel', 'Po'],
  ['Management', 'Ma'],
  ['Vlan', 'Vl'],
  ['Loopback', 'Lo'],
  ['Vxlan', 'Vx'],
  ['Tunnel', 'Tu'],
  ['Recirc-Channel', 'Re'],
  ['UnconnectedEthernet', 'Un'],
  ['Fabric', 'Fa'],
  ['Switch', 'Sw'],
  ['Dps', 'Dp'],
];

export function isSwitchPort(name: string): boolean {
  return SWITCH_PORT.test(name);
}

/**
 * The long name of an interface in any form that EOS prints or takes: `Et3/1`, `ethernet 3/1`, `po5`, `PEt1`, `Et1.100`.
 * Null when the text is no interface. `Cpu` is the switch itself, as the MAC and VLAN tables name it.
 */
export function canonicalName(text: string): string | null {
  if (/^cpu$/i.test(text)) return 'Cpu';
  const match = /^([A-Za-z][A-Za-z-]{1,24}) {0,3}(\d{1,5}(?:\/\d{1,3}){0,3}(?:\.\d{1,10})?)$/.exec(text.trim());
  const [, word = '', number = ''] = match ?? [];
  if (number === '') return null;
  const own = kindOf(word);
  if (own !== null) return `${own}${number}`;
  const peer = /^p(?:eer)?(.+)$/i.exec(word);
  const kind = peer ? kindOf(peer[1] ?? '') : null;
  return kind === null ? null : `Peer${kind}${number}`;
}

/** Two letters are enough, as on the command line. */
function kindOf(word: string): string | null {
  const lower = word.toLowerCase();
  if (lower.length < 2) return null;
  return KINDS.find(([long]) => long.toLowerCase().startsWith(lower))?.[0] ?? null;
}

/** EOS's short form, as its tables print it: Ethernet3/1 is Et3/1, Port-Channel7 is Po7. */
export function shortName(portId: string): string {
  const kind = KINDS.find(([long]) => portId.startsWith(long));
  if (kind) return `${kind[1]}${portId.slice(kind[0].length)}`;
  return portId.startsWith('Peer') ? `P${shortName(portId.slice('Peer'.length))}` : portId;
}

export function naturalOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
