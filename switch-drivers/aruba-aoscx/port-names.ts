/**
 * How ArubaOS-CX names interfaces: `member/slot/port` (older switches `slot/port`), `:lane` for a breakout, `.id` for a
 * subinterface; `lag`, `vlan`, `loopback`, `vxlan` and `tunnel` with a number, which the configuration sets off with a
 * blank; `mgmt`. ArubaOS-CX CLI guides, "Member/slot/port notation".
 */
const PHYSICAL = /^\d{1,2}(?:\/\d{1,3}){1,2}(?::\d{1,2})?(?:\.\d{1,5})?$/;
const LOGICAL = /^(lag|vlan|loopback|vxlan|tunnel) ?(\d{1,5})(?:\.(\d{1,5}))?(?:\([^()]*\))?$/i;

/**
 * The name of an interface in any form that the switch prints: `lag 7`, `lag7(mc)`, `vxlan1(10.0.0.1)`. Null when the text
 * is no interface.
 */
export function canonicalName(text: string): string | null {
  const name = text.trim();
  if (PHYSICAL.test(name)) return name;
  if (/^mgmt$/i.test(name)) return 'mgmt';
  const [, kind, number, sub] = LOGICAL.exec(name) ?? [];
  return kind === undefined ? null : `${kind.toLowerCase()}${number}${sub === undefined ? '' : `.${sub}`}`;
}

/** Tables print names in full. */
export function shortName(portId: string): string {
  return portId;
}

/** Physical ports and LAGs; no subinterfaces, which are routed. */
export function isSwitchPort(portId: string): boolean {
  return /^(?:\d{1,2}(?:\/\d{1,3}){1,2}(?::\d{1,2})?|lag\d{1,5})$/.test(portId);
}

/** More than a switch has ports. */
const LARGEST_RANGE = 1024;

/**
 * A list as the switch prints it: `1/1/1,1/1/3-1/1/8,lag1-lag2`, with commas or blanks. Null when a part of it is no
 * interface.
 */
export function portList(text: string): string[] | null {
  const ports: string[] = [];
  for (const part of text.split(/[\s,]+/)) {
    if (part === '') continue;
    const [first = '', last] = part.split('-');
    const range = rangeOf(first, last ?? first);
    if (range === null || part.split('-').length > 2) return null;
    ports.push(...range);
  }
  return ports;
}

/** Both ends are named in full and differ in their last number. */
function rangeOf(first: string, last: string): string[] | null {
  const from = canonicalName(first);
  const to = canonicalName(last);
  if (from === null || to === null) return null;
  if (from === to) return [from];
  const [, stem, start = ''] = /^(.*?)(\d+)$/.exec(from) ?? [];
  const [, otherStem, end = ''] = /^(.*?)(\d+)$/.exec(to) ?? [];
  const length = Number(end) - Number(start) + 1;
  if (stem === undefined || stem !== otherStem || !(length > 0 && length <= LARGEST_RANGE)) return null;
  return Array.from({ length }, (_none, index) => `${stem}${Number(start) + index}`);
}
