import type { PortRow } from '../../../contract/rows.ts';
import { parseVlanList } from '../parse.ts';
import { EVERY_VLAN } from '../settings.ts';

/** What a block with Cisco's `switchport` grammar says about its port; the VLAN defaults where it is silent. */
export interface SwitchportSettings {
  portId: string;
  mode: 'access' | 'trunk' | 'other';
  access: number | null;
  native: number | null;
  allowed: number[] | 'all' | null;
  lag: string | null;
  description: string | null;
  mtu: number | null;
  /** Settings about layer 2 that a row cannot express, as printed. */
  foreign: string[];
}

export function silentSwitchport(portId: string): SwitchportSettings {
  return {
    portId,
    mode: 'access',
    access: 1,
    native: 1,
    allowed: 'all',
    lag: null,
    description: null,
    mtu: null,
    foreign: [],
  };
}

/** A setting that rows express, and what it does to the port. False: its value is not what the grammar allows. */
export type SettingRule<P> = readonly [RegExp, (port: P, match: RegExpExecArray) => false | undefined];

/** What an interface's setting, other than those that rows express, means for the VLANs of the port. */
export type CommandMeaning = 'harmless' | 'foreign' | 'unknown';

export const switchportRules: ReadonlyArray<SettingRule<SwitchportSettings>> = [
  [
    /^description (.*)$/,
    (port, [, text = '']) => {
      port.description = text;
    },
  ],
  [/^no description$/, () => {}],
  [
    /^mtu (\d{2,5})$/,
    (port, [, mtu]) => {
      port.mtu = Number(mtu);
    },
  ],
  [
    /^switchport mode (access|trunk)$/,
    (port, [, mode]) => {
      port.mode = mode === 'trunk' ? 'trunk' : 'access';
    },
  ],
  [/^switchport access vlan (\d+)$/, (port, [, vlan]) => setVlan(port, 'access', vlan)],
  [/^switchport trunk native vlan (\d+)$/, (port, [, vlan]) => setVlan(port, 'native', vlan)],
  [/^switchport trunk allowed vlan (?:(add|remove|except) )?(\S+)$/, allowedVlans],
];

/** False: the line is not understood. What it says about layer 2 is among `foreign` then. */
export function takeSetting<P extends SwitchportSettings>(
  port: P,
  setting: string,
  rules: ReadonlyArray<SettingRule<P>>,
  meaningOf: (setting: string) => CommandMeaning,
): false | undefined {
  for (const [pattern, take] of rules) {
    const match = pattern.exec(setting);
    if (!match) continue;
    if (take(port, match) !== false) return;
    port.foreign.push(setting);
    return false;
  }
  const meaning = meaningOf(setting);
  if (meaning === 'foreign' || (meaning === 'unknown' && /\b(?:switchport|vlan)\b/.test(setting))) {
    port.foreign.push(setting);
  }
  if (/^switchport mode /.test(setting)) port.mode = 'other';
  if (meaning === 'unknown') return false;
}

/** The VLANs that pass a port, by what its settings say. */
export function membershipOf({
  mode,
  access,
  native,
  allowed,
}: Pick<SwitchportSettings, 'mode' | 'access' | 'native' | 'allowed'>): Pick<PortRow, 'mode' | 'untagged' | 'tagged'> {
  if (mode === 'access') return { mode, untagged: access, tagged: [] };
  if (mode === 'other') return { mode, untagged: null, tagged: null };
  // The allowed list counts for the native VLAN too: one outside it passes nothing.
  const passes = allowed === 'all' || (native !== null && allowed?.includes(native) === true);
  const tagged = Array.isArray(allowed) ? allowed.filter((vlan) => vlan !== native) : allowed;
  return { mode, untagged: passes ? native : null, tagged };
}

function setVlan(port: SwitchportSettings, field: 'access' | 'native', text: string | undefined): false | undefined {
  port[field] = parseVlanList(text ?? '')?.[0] ?? null;
  if (port[field] === null) return false;
}

/** Long lists go on in further lines with `add`. */
function allowedVlans(port: SwitchportSettings, [, how, text = '']: RegExpExecArray): false | undefined {
  if (how === undefined && (text === 'all' || text === 'none')) {
    port.allowed = text === 'all' ? 'all' : [];
    return;
  }
  const list = parseVlanList(text);
  const before = port.allowed === 'all' ? EVERY_VLAN : port.allowed;
  if (list === null || (before === null && how !== undefined)) {
    port.allowed = null;
    return false;
  }
  if (how === undefined) port.allowed = list.length === EVERY_VLAN.length ? 'all' : list;
  else if (how === 'add') port.allowed = [...new Set([...(before ?? []), ...list])].sort((a, b) => a - b);
  else port.allowed = (how === 'except' ? EVERY_VLAN : (before ?? [])).filter((vlan) => !list.includes(vlan));
}
