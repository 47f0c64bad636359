import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readSwitchportFields, type SwitchportFields } from '../../transports/ssh-cli/text/switchport-fields.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Fields that the row does not hold, in lower case. */
const OTHER_FIELDS = new Set(
  [
    'administrative trunking encapsulation|operational trunking encapsulation|operational dot1q ethertype',
    'negotiation of trunking|administrative native vlan tagging|voice vlan|administrative dot1q ethertype',
    'administrative private-vlan host-association|administrative private-vlan mapping',
    'administrative private-vlan trunk native vlan|administrative private-vlan trunk native vlan tagging',
    'administrative private-vlan trunk encapsulation|administrative private-vlan trunk normal vlans',
    'administrative private-vlan trunk associations|administrative private-vlan trunk mappings',
    'administrative private-vlan trunk private vlans|operational private-vlan|operational native vlan tagging',
    'operational trunk encapsulation|trunking vlans active|pruning vlans enabled|capture vlans allowed',
    'protected|unknown unicast blocked|unknown multicast blocked|vepa enabled|app interface|appliance trust',
    'priority for untagged frames|override vlan tag priority|broadcast suppression level',
    'switchport monitor|multicast suppression level|unicast suppression level|administrative mode of private vlan',
  ].flatMap((fields) => fields.split('|')),
);

/** `show interfaces switchport`. */
export const interfacesSwitchport = outputReader({
  kind: 'ports',
  command: /^show interfaces?(?: \S+){0,2} switchport$/,
  read: (output) =>
    readSwitchportFields(withoutPager(output), {
      canonicalName,
      allowed: ['Trunking VLANs Enabled'],
      others: OTHER_FIELDS,
      noise: [{ pattern: /^Capture Mode (?:Enabled|Disabled)$/i }, ...noise],
      modeOf,
      stateOf,
    }),
});

function stateOf({ enabled, operational }: SwitchportFields): Pick<PortRow, 'operUp' | 'lag'> {
  const bundle = /member of bundle (\S+?)\)/.exec(operational ?? '')?.[1];
  return {
    operUp: enabled !== true || operational === null ? null : !operational.startsWith('down'),
    lag: bundle === undefined ? null : canonicalName(bundle),
  };
}

/** A port that negotiates its mode is in the one it arrived at; while it is down it has none of ours. */
function modeOf({ administrative, operational }: SwitchportFields): PortRow['mode'] {
  if (administrative === null) return null;
  const mode = administrative.startsWith('dynamic ') ? operational : administrative;
  if (mode === null) return null;
  if (/^static access\b/.test(mode)) return 'access';
  return /^trunk\b/.test(mode) ? 'trunk' : 'other';
}
