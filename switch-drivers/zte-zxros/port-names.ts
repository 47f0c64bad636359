/**
 * Interfaces of ZXROS and ZXR10 ROS. They have one form only, in lower case: `gei_5/2` (ROS), `xgei-1/1/0/1` (ZXROS,
 * unit, shelf, slot and port), `smartgroup1`. ZXR10 Configuration Guide (Basic Configuration), "Interface naming".
 */

/** Speed in the word before `ei`: 10/100M, 1G, 10G, 25G, 40G, 50G, 100G, 200G, 400G. A breakout port adds `:lane`. */
const PHYSICAL =
  /^(?:fei|gei|xgei|xgeis|xxvgei|xlgei|lgei|cgei|ccgei|cdgei|sci)[_-]\d{1,3}(?:\/\d{1,3}){1,3}(?::\d{1,2})?$/;
const LAG = /^smartgroup\d{1,4}$/;
const OTHER =
  /^(?:vlan|loopback|null|(?:te_|gre_)?tunnel|mgmt|mgmt_eth|mng|supervlan|bvi|qx|irb|vei|vbui)(?:0|[1-9]\d{0,4})?$/;

export function canonicalName(text: string): string | null {
  const name = text.trim().toLowerCase();
  const [, device = name, unit] = /^(\S+?)\.(\d{1,10})$/.exec(name) ?? [];
  if (!PHYSICAL.test(device) && !LAG.test(device) && !OTHER.test(device)) return null;
  return unit === undefined ? device : `${device}.${unit}`;
}

/** The tables print the names as they are. */
export function shortName(canonical: string): string {
  return canonical;
}

/** Sub-interfaces (`xgei-1/1/0/1.100`) are routed. */
export function isSwitchPort(canonical: string): boolean {
  return PHYSICAL.test(canonical) || LAG.test(canonical);
}

/** A list as the VLAN table writes it: `xgei_1/2-3,gei_7/6,smartgroup1`. Null when it is none. */
export function portList(text: string): string[] | null {
  const ports: string[] = [];
  for (const part of text.split(',')) {
    if (part === '') continue;
    const range = /^(.*?)(\d{1,4})-(\d{1,4})$/.exec(part);
    // `gei-0/1/0/1` ends in no range: there has to be a port before the dash.
    const first = range ? canonicalName(`${range[1]}${range[2]}`) : canonicalName(part);
    if (first === null) return null;
    ports.push(first);
    if (!range) continue;
    const [from, to] = [Number(range[2]), Number(range[3])];
    if (to < from || to - from > 512) return null;
    for (let number = from + 1; number <= to; number += 1) ports.push(`${range[1]}${number}`.toLowerCase());
  }
  return ports;
}
