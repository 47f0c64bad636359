import { outputReader, type PortRow } from '../../contract/rows.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

interface Switchport {
  portId: string;
  enabled: boolean | null;
  administrative: string | null;
  operational: string | null;
  access: number | null;
  native: number | null;
  /** As printed, wrapped lines joined. */
  allowed: string;
}

/** Fields of `show interfaces switchport` that the row does not hold; in lower case. */
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
  read(output) {
    const found: Switchport[] = [];
    let port: Switchport | null = null;
    let list: 'allowed' | 'other' | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Name: *(\S.*)$/i,
        take: ([, name = '']) => {
          const portId = canonicalName(name);
          list = null;
          port = portId === null ? null : { ...NOTHING, portId };
          if (!port) return false;
          found.push(port);
        },
      },
      {
        pattern: /^([A-Za-z][\w -]{2,60}): *(.*)$/,
        take: ([, field = '', value = '']) => {
          if (!port) return false;
          const key = field.trim().toLowerCase();
          list = key === 'trunking vlans enabled' ? 'allowed' : OTHER_FIELDS.has(key) ? 'other' : null;
          return OTHER_FIELDS.has(key) ? undefined : takeField(port, key, value);
        },
      },
      { pattern: /^Capture Mode (?:Enabled|Disabled)$/i },
      {
        // A list of VLANs, or of pairs of them, that goes on.
        pattern: /^ +(\d[\d,() \w-]*)$/,
        take: ([, more = '']) => {
          if (!port || list === null) return false;
          if (list === 'allowed') port.allowed += `${port.allowed.endsWith(',') ? '' : ','}${more}`;
        },
      },
      ...noise,
    ]);
    const rows: PortRow[] = [];
    for (const each of found) {
      const row = rowOf(each);
      if (row) rows.push(row);
      else unparsed.push(`Trunking VLANs Enabled: ${each.allowed}`);
    }
    return { rows, unparsed };
  },
});

const NOTHING: Switchport = {
  portId: '',
  enabled: null,
  administrative: null,
  operational: null,
  access: null,
  native: null,
  allowed: '',
};

function takeField(port: Switchport, key: string, value: string): false | undefined {
  const word = value.toLowerCase();
  if (key === 'switchport' && (word === 'enabled' || word === 'disabled')) port.enabled = word === 'enabled';
  else if (key === 'administrative mode') port.administrative = word;
  else if (key === 'operational mode') port.operational = word;
  else if (key === 'trunking vlans enabled') port.allowed = value;
  else if (key === 'access mode vlan') port.access = vlanOf(value);
  else if (key === 'trunking native mode vlan') port.native = vlanOf(value);
  else return false;
}

/** `100 (data)`, `100 (Inactive)`; `unassigned` and `none` are no VLAN. */
function vlanOf(value: string): number | null {
  const vlan = Number(/^(\d{1,4})(?: |$)/.exec(value)?.[1] ?? 0);
  return vlan >= 1 && vlan <= 4094 ? vlan : null;
}

/** Null: the list of VLANs is none. */
function rowOf({ portId, enabled, administrative, operational, access, native, allowed }: Switchport): PortRow | null {
  const bundle = /member of bundle (\S+?)\)/.exec(operational ?? '')?.[1];
  const base = {
    portId,
    adminUp: null,
    operUp: enabled !== true || operational === null ? null : !operational.startsWith('down'),
    lag: bundle === undefined ? null : canonicalName(bundle),
    description: null,
    mtu: null,
  };
  if (enabled === false) return { ...base, operUp: null, mode: 'routed', untagged: null, tagged: null };
  const mode = modeOf(administrative, operational);
  if (mode === 'access') return { ...base, mode, untagged: access, tagged: [] };
  if (mode !== 'trunk') return { ...base, mode, untagged: null, tagged: null };
  const vlans = /^all$/i.test(allowed) ? 'all' : /^none$/i.test(allowed) ? [] : parseVlanList(allowed);
  if (vlans === null) return allowed === '' ? { ...base, mode, untagged: null, tagged: null } : null;
  // The allowed list counts for the native VLAN too: one outside it passes nothing.
  const passes = vlans === 'all' || (native !== null && vlans.includes(native));
  const tagged = vlans === 'all' ? vlans : vlans.filter((vlan) => vlan !== native);
  return { ...base, mode, untagged: passes ? native : null, tagged };
}

/** A port that negotiates its mode is in the one it arrived at; while it is down it has none of ours. */
function modeOf(administrative: string | null, operational: string | null): PortRow['mode'] {
  if (administrative === null) return null;
  const mode = administrative.startsWith('dynamic ') ? operational : administrative;
  if (mode === null) return null;
  if (/^static access\b/.test(mode)) return 'access';
  return /^trunk\b/.test(mode) ? 'trunk' : 'other';
}
