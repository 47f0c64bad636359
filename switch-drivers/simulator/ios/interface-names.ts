import { interfaceNames } from '../cli/interface-names.ts';

export const PORT_CHANNEL = 'Port-channel';

export const { canonical: canonicalName, short: shortName } = interfaceNames([
  { name: 'GigabitEthernet', short: 'Gi', least: 1 },
  { name: 'FastEthernet', short: 'Fa', least: 1 },
  { name: 'TenGigabitEthernet', short: 'Te', least: 1 },
  { name: PORT_CHANNEL, short: 'Po', least: 2 },
]);

export function isPortChannel(name: string): boolean {
  return name.startsWith(PORT_CHANNEL);
}
