/** Interfaces that may be switch ports; Management, Vlan, Loopback and Vxlan interfaces are none. */
const SWITCH_PORT = /^(Ethernet|Port-Channel)\d{1,4}(\/\d{1,3}){0,2}$/;

export function isSwitchPort(name: string): boolean {
  return SWITCH_PORT.test(name);
}

/** EOS's short form, as its tables print it: Ethernet3/1 is Et3/1, Port-Channel7 is Po7. */
export function shortName(portId: string): string {
  return portId.replace(/^Ethernet/, 'Et').replace(/^Port-Channel/, 'Po');
}

/** The inverse of shortName, for text output; other names stay as they are. */
export function longName(name: string): string {
  return name.replace(/^Et(?=\d)/, 'Ethernet').replace(/^[Pp]o(?=\d)/, 'Port-Channel');
}

export function naturalOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
