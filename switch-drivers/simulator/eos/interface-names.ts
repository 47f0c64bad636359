import { interfaceNames } from '../cli/interface-names.ts';

export const { canonical: canonicalName, short: shortName } = interfaceNames([
  { name: 'Ethernet', short: 'Et', least: 2 },
  { name: 'Port-Channel', short: 'Po', least: 2 },
  { name: 'Management', short: 'Ma', least: 2 },
]);
