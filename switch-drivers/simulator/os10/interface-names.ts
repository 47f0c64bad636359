import { interfaceNames } from '../cli/interface-names.ts';

export const ETHERNET = 'ethernet';
export const PORT_CHANNEL = 'port-channel';
export const VLAN = 'vlan';

export const { canonical: canonicalName } = interfaceNames([
  { name: ETHERNET, short: 'Eth', least: 1 },
  { name: PORT_CHANNEL, short: 'Po', least: 2 },
  { name: VLAN, short: 'Vl', least: 2 },
]);

export function isPortChannel(name: string): boolean {
  return name.startsWith(PORT_CHANNEL);
}

/** The VLAN whose interface it is; null when it is another interface. */
export function vlanOf(name: string): number | null {
  return name.startsWith(VLAN) ? Number(name.slice(VLAN.length)) : null;
}

/** `Eth 1/1/1` or, in lists, `Eth1/1/1`; `Po 10`. */
export function shortName(name: string, blank = ''): string {
  return name.replace(/^ethernet/, `Eth${blank}`).replace(/^port-channel/, `Po${blank}`);
}

/** As the prompt shows it: `eth1/1/1`, `po-10`, `vl-10`. */
export function promptName(name: string): string {
  return name
    .replace(/^ethernet/, 'eth')
    .replace(/^port-channel/, 'po-')
    .replace(/^vlan/, 'vl-');
}
