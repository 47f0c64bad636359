/**
 * Interfaces of Junos. The canonical name of a port is the one without unit 0, as the configuration has it:
 * `ge-0/0/3`, `ae0`. Junos OS Interfaces User Guide, "Interface naming overview".
 */

/** Type, FPC/PIC/port and, on a port broken out, the channel. A QFabric puts the node's name before it. */
const PHYSICAL = /^(?:[\w.-]{1,64}:)?[a-z]{2,4}-\d{1,3}\/\d{1,3}\/\d{1,3}(?::\d{1,2})?$/;
const ETHERNET = /^(?:[\w.-]{1,64}:)?(?:ge|xe|et|fe|mge|xle|fte)-\d{1,3}\/\d{1,3}\/\d{1,3}(?::\d{1,2})?$/;
const LAG = /^ae\d{1,4}$/;
/** Interfaces of the switch itself, of tunnels and overlays. */
const OTHER =
  /^(?:em|fxp|me|lo|irb|vlan|vme|vtep|esi|lsi|st|bme|jsrv|dsc|gre|ipip|mtun|pim[de]|tap|pp|demux|\.local)\d{0,10}$/;

export function canonicalName(text: string): string | null {
  const name = text.trim();
  const [, device = name, unit] = /^(\S+?)\.(\d{1,10})$/.exec(name) ?? [];
  if (PHYSICAL.test(device) || LAG.test(device) || /^reth\d{1,3}$/.test(device)) {
    return unit === undefined || unit === '0' ? device : `${device}.${unit}`;
  }
  if (!OTHER.test(device)) return null;
  return unit === undefined ? device : `${device}.${unit}`;
}

/** Tables print unit 0 of a port: `ge-0/0/3.0`. */
export function shortName(canonical: string): string {
  return isSwitchPort(canonical) ? `${canonical}.0` : canonical;
}

/** A unit other than 0 is an interface of its own, not the port. */
export function isSwitchPort(canonical: string): boolean {
  return ETHERNET.test(canonical) || LAG.test(canonical);
}
