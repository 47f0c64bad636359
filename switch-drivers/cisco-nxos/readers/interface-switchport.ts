import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readSwitchportFields, type SwitchportFields } from '../../transports/ssh-cli/text/switchport-fields.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Fields that the row does not hold, in lower case. */
const OTHER_FIELDS = new Set(
  [
    'switchport monitor|switchport isolated|switchport block multicast|switchport block unicast|voice vlan',
    'extended trust state|administrative private-vlan primary host-association',
    'administrative private-vlan secondary host-association|administrative private-vlan primary mapping',
    'administrative private-vlan secondary mapping|administrative private-vlan trunk native vlan',
    'administrative private-vlan trunk encapsulation|administrative private-vlan trunk normal vlans',
    'administrative private-vlan trunk private vlans|administrative private-vlan trunk associations',
    'administrative private-vlan trunk mappings|operational private-vlan|pruning vlans enabled',
    'fabricpath topology list allowed|unknown unicast blocked|unknown multicast blocked|trunking vlans active',
    'administrative trunking encapsulation|operational trunking encapsulation|negotiation of trunking',
    'native vlan tagging|administrative native vlan tagging|operational native vlan tagging|dot1q-tunnel vlan',
  ].flatMap((fields) => fields.split('|')),
);

/** `show interface switchport`. The mode is the configured one also while the port is down. */
export const interfaceSwitchport = outputReader({
  kind: 'ports',
  command: /^show interface(?: \S+){0,2} switchport$/,
  read: (output) =>
    readSwitchportFields(withoutPager(output), {
      canonicalName,
      allowed: ['  Trunking VLANs Allowed', '  Trunking VLANs Enabled'],
      others: OTHER_FIELDS,
      noise,
      modeOf,
    }),
});

/** Releases that print the administrative mode tell it besides what came of it. */
function modeOf({ administrative, operational }: SwitchportFields): PortRow['mode'] {
  const mode = administrative ?? operational;
  if (mode === null || mode === 'down') return null;
  if (mode === 'access' || mode === 'static access') return 'access';
  return mode === 'trunk' ? 'trunk' : 'other';
}
