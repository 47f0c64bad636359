import type { Parsed, PortRow } from '../../../contract/rows.ts';
import { parseVlanList } from '../parse.ts';
import { type LineRule, readLines } from './read-lines.ts';

/** A port as `show interfaces switchport` and its relatives print it, field by field; in lower case. */
export interface SwitchportFields {
  portId: string;
  enabled: boolean | null;
  administrative: string | null;
  operational: string | null;
  access: number | null;
  native: number | null;
  /** As printed, wrapped lines joined. */
  allowed: string;
}

/** In what the platforms differ that print a port as a list of such fields. */
export interface SwitchportFieldNames {
  canonicalName(text: string): string | null;
  /** Names under which the VLANs that pass are listed, as printed; the first stands for a list that is none. */
  allowed: readonly string[];
  /** Fields that a row does not hold, in lower case. */
  others: ReadonlySet<string>;
  /** Lines that are no fields. */
  noise: readonly LineRule[];
  modeOf(port: SwitchportFields): PortRow['mode'];
  /** What the platform's fields say besides; the port is a switch port. */
  stateOf?(port: SwitchportFields): Pick<PortRow, 'operUp' | 'lag'>;
}

const NOTHING: Omit<SwitchportFields, 'portId'> = {
  enabled: null,
  administrative: null,
  operational: null,
  access: null,
  native: null,
  allowed: '',
};

/** Reads an output from which the pager's traces are gone. */
export function readSwitchportFields(output: string, names: SwitchportFieldNames): Parsed<PortRow> {
  const found: SwitchportFields[] = [];
  const allowed = new Set(names.allowed.map((name) => name.trim().toLowerCase()));
  let port: SwitchportFields | null = null;
  let list: 'allowed' | 'other' | null = null;
  const unparsed = readLines(output, [
    {
      pattern: /^Name: *(\S.*)$/i,
      take: ([, name = '']) => {
        const portId = names.canonicalName(name);
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
        list = allowed.has(key) ? 'allowed' : names.others.has(key) ? 'other' : null;
        if (list === 'allowed') port.allowed = value;
        else if (list === null) return takeField(port, key, value.trim());
      },
    },
    {
      // A list of VLANs, or of pairs of them, that goes on.
      pattern: /^ +(\d[\d,() \w-]*)$/,
      take: ([, more = '']) => {
        if (!port || list === null) return false;
        if (list === 'allowed') port.allowed += `${port.allowed.endsWith(',') ? '' : ','}${more}`;
      },
    },
    ...names.noise,
  ]);
  const rows: PortRow[] = [];
  for (const each of found) {
    const row = rowOf(each, names);
    if (row) rows.push(row);
    else unparsed.push(`${names.allowed[0] ?? ''}: ${each.allowed}`);
  }
  return { rows, unparsed };
}

function takeField(port: SwitchportFields, key: string, value: string): false | undefined {
  const word = value.toLowerCase();
  if (key === 'switchport' && (word === 'enabled' || word === 'disabled')) port.enabled = word === 'enabled';
  else if (key === 'administrative mode') port.administrative = word;
  else if (key === 'operational mode') port.operational = word;
  else if (key === 'access mode vlan') port.access = vlanOf(value);
  else if (key === 'trunking native mode vlan') port.native = vlanOf(value);
  else return false;
}

/** `100 (data)`, `100 (Inactive)`, `3 (Vlan not created)`; `unassigned` and `none` are no VLAN. */
function vlanOf(value: string): number | null {
  const vlan = Number(/^(\d{1,4})(?: |$)/.exec(value)?.[1] ?? 0);
  return vlan >= 1 && vlan <= 4094 ? vlan : null;
}

/** Null: the list of VLANs is none. */
function rowOf(port: SwitchportFields, { modeOf, stateOf }: SwitchportFieldNames): PortRow | null {
  const { portId, enabled, access, native, allowed } = port;
  const silent = { operUp: null, lag: null };
  const base = { portId, adminUp: null, description: null, mtu: null, ...(stateOf?.(port) ?? silent) };
  const only = (mode: PortRow['mode']): PortRow => ({ ...base, mode, untagged: null, tagged: null });
  if (enabled === false) return { ...only('routed'), operUp: null };
  const mode = modeOf(port);
  if (mode === 'access') return { ...base, mode, untagged: access, tagged: [] };
  if (mode !== 'trunk') return only(mode);
  const vlans = /^(?:all|1-4094)$/i.test(allowed) ? 'all' : /^none$/i.test(allowed) ? [] : parseVlanList(allowed);
  if (vlans === null) return allowed === '' ? only(mode) : null;
  // The allowed list counts for the native VLAN too: one outside it passes nothing.
  const passes = vlans === 'all' || (native !== null && vlans.includes(native));
  const tagged = vlans === 'all' ? vlans : vlans.filter((vlan) => vlan !== native);
  return { ...base, mode, untagged: passes ? native : null, tagged };
}
