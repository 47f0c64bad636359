import { outputReader, type PortRow } from '../../contract/rows.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

interface Switchport {
  portId: string;
  enabled: boolean | null;
  mode: string | null;
  access: number | null;
  native: number | null;
  /** As printed, wrapped lines joined. */
  allowed: string;
}

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
        pattern: /^ {0,8}([A-Za-z][\w -]{2,60}): *(.*)$/,
        take: ([, field = '', value = '']) => {
          if (!port) return false;
          const key = field.trim().toLowerCase();
          list = key.startsWith('trunking vlans ') ? 'allowed' : 'other';
          return OTHER_FIELDS.has(key) ? undefined : takeField(port, key, value);
        },
      },
      {
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
      else unparsed.push(`  Trunking VLANs Allowed: ${each.allowed}`);
    }
    return { rows, unparsed };
  },
});

const NOTHING: Switchport = { portId: '', enabled: null, mode: null, access: null, native: null, allowed: '' };

function takeField(port: Switchport, key: string, value: string): false | undefined {
  const word = value.trim().toLowerCase();
  if (key === 'switchport' && (word === 'enabled' || word === 'disabled')) port.enabled = word === 'enabled';
  // The administrative mode, where a release prints it, comes first.
  else if (key === 'administrative mode' || key === 'operational mode') port.mode ??= word;
  else if (key === 'trunking vlans allowed' || key === 'trunking vlans enabled') port.allowed = value;
  else if (key === 'access mode vlan') port.access = vlanOf(value);
  else if (key === 'trunking native mode vlan') port.native = vlanOf(value);
  else return false;
}

/** `3 (Vlan not created)`; `none` is no VLAN. */
function vlanOf(value: string): number | null {
  const vlan = Number(/^(\d{1,4})(?: |$)/.exec(value)?.[1] ?? 0);
  return vlan >= 1 && vlan <= 4094 ? vlan : null;
}

/** Null: the list of VLANs is none. */
function rowOf({ portId, enabled, mode: text, access, native, allowed }: Switchport): PortRow | null {
  const base = { portId, adminUp: null, operUp: null, lag: null, description: null, mtu: null };
  if (enabled === false) return { ...base, mode: 'routed', untagged: null, tagged: null };
  const mode = modeOf(text);
  if (mode === 'access') return { ...base, mode, untagged: access, tagged: [] };
  if (mode !== 'trunk') return { ...base, mode, untagged: null, tagged: null };
  const vlans = /^(?:all|1-4094)$/i.test(allowed) ? 'all' : /^none$/i.test(allowed) ? [] : parseVlanList(allowed);
  if (vlans === null) return allowed === '' ? { ...base, mode, untagged: null, tagged: null } : null;
  // The allowed list counts for the native VLAN too: one outside it passes nothing.
  const passes = vlans === 'all' || (native !== null && vlans.includes(native));
  const tagged = vlans === 'all' ? vlans : vlans.filter((vlan) => vlan !== native);
  return { ...base, mode, untagged: passes ? native : null, tagged };
}

function modeOf(text: string | null): PortRow['mode'] {
  if (text === null || text === 'down') return null;
  if (text === 'access' || text === 'static access') return 'access';
  return text === 'trunk' ? 'trunk' : 'other';
}
