import { interfaceNames } from '../cli/interface-names.ts';

export const PORT_CHANNEL = 'port-channel';

export const { canonical: canonicalName, short: shortName } = interfaceNames([
  { name: 'Ethernet', short: 'Eth', least: 1 },
  { name: PORT_CHANNEL, short: 'Po', least: 2 },
]);

export function isPortChannel(name: string): boolean {
  return name.startsWith(PORT_CHANNEL);
}
