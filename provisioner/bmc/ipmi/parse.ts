import type { BootDevice, BootDeviceState, PowerState } from '../bmc.ts';

/** "Chassis Power is on". */
export function parsePowerStatus(text: string): PowerState | null {
  const match = /Chassis Power is (on|off)/i.exec(text);
  return match ? (match[1]!.toLowerCase() === 'on' ? 'power on' : 'power off') : null;
}

/** The 16 bytes that `raw 0x06 0x37` (Get System GUID) prints in hex; null for anything else. */
export function parseRawBytes(text: string, length: number): Buffer | null {
  const words = text.trim().split(/\s+/);
  return words.length === length && words.every((w) => /^[0-9a-f]{2}$/i.test(w))
    ? Buffer.from(words.join(''), 'hex')
    : null;
}

/** "Name : value" lines of `mc info` and `fru print`. The first of a name wins. */
export function parseFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    const value = line.slice(colon + 1).trim();
    if (name !== '' && value !== '' && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

const selectors: [RegExp, BootDevice][] = [
  [/Force PXE/i, 'pxe'],
  [/Safe[- ]?Mode/i, 'safe'],
  [/Hard-Drive/i, 'disk'],
  [/CD\/DVD/i, 'cdrom'],
  [/BIOS Setup/i, 'bios'],
];

/**
 * `chassis bootparam get 5`. The valid bit is not asked for: BMCs drop it once the flags were used, and ipmi_sim never
 * sets it, while the selector stays readable.
 */
export function parseBootFlags(text: string): BootDeviceState {
  const selector = /Boot Device Selector\s*:\s*(.+)/i.exec(text)?.[1] ?? '';
  const device = selectors.find(([pattern]) => pattern.test(selector))?.[1] ?? null;
  const scope = /Options apply to (only next boot|all future boots)/i.exec(text)?.[1];
  return { device, persistent: device === null || scope === undefined ? null : /all/i.test(scope) };
}
