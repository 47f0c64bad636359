import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { commandMeaning } from './interface-commands.ts';

/** What the configuration says about one interface; null and the VLAN defaults where it is silent. */
export interface InterfaceSettings {
  portId: string;
  shutdown: boolean | null;
  switchport: boolean | null;
  mode: 'access' | 'trunk' | 'other';
  access: number | null;
  native: number | null;
  allowed: number[] | 'all' | null;
  lag: string | null;
  description: string | null;
  mtu: number | null;
  foreign: string[];
}

export function silentInterface(portId: string): InterfaceSettings {
  return {
    portId,
    shutdown: null,
    switchport: null,
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

/** False: the line is not understood. What it says about layer 2 is among `foreign` then. */
export function takeSetting(port: InterfaceSettings, setting: string): false | undefined {
  for (const [pattern, take] of MODELLED) {
    const match = pattern.exec(setting);
    if (!match) continue;
    if (take(port, match) !== false) return;
    port.foreign.push(setting);
    return false;
  }
  const meaning = commandMeaning(setting);
  if (meaning === 'foreign' || (meaning === 'unknown' && /\b(?:switchport|vlan)\b/.test(setting))) {
    port.foreign.push(setting);
  }
  if (/^switchport mode /.test(setting)) port.mode = 'other';
  if (meaning === 'unknown') return false;
}

/** Settings that the row expresses. False: the value is not what the grammar allows. */
const MODELLED: ReadonlyArray<
  readonly [RegExp, (port: InterfaceSettings, match: RegExpExecArray) => false | undefined]
> = [
  [
    /^(no )?shutdown(?: force)?$/,
    (port, [, no]) => {
      port.shutdown = no === undefined;
    },
  ],
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
    /^(no )?switchport$/,
    (port, [, no]) => {
      port.switchport = no === undefined;
    },
  ],
  // Static LAGs are written without a mode.
  [/^channel-group (\d{1,4})(?: force)?(?: mode (?:active|passive|on))?$/, channelGroup],
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

function channelGroup(port: InterfaceSettings, [, group]: RegExpExecArray): undefined {
  port.lag = `port-channel${Number(group)}`;
}

function setVlan(port: InterfaceSettings, field: 'access' | 'native', text: string | undefined): false | undefined {
  port[field] = parseVlanList(text ?? '')?.[0] ?? null;
  if (port[field] === null) return false;
}

/** Long lists go on in further lines with `add`. */
function allowedVlans(port: InterfaceSettings, [, how, text = '']: RegExpExecArray): false | undefined {
  if (how === undefined && (text === 'all' || text === 'none')) {
    port.allowed = text === 'all' ? 'all' : [];
    return;
  }
  const list = parseVlanList(text);
  const before = port.allowed === 'all' ? ALL : port.allowed;
  if (list === null || (before === null && how !== undefined)) {
    port.allowed = null;
    return false;
  }
  if (how === undefined) port.allowed = list.length === ALL.length ? 'all' : list;
  else if (how === 'add') port.allowed = [...new Set([...(before ?? []), ...list])].sort((a, b) => a - b);
  else port.allowed = (how === 'except' ? ALL : (before ?? [])).filter((vlan) => !list.includes(vlan));
}

const ALL: readonly number[] = Array.from({ length: 4094 }, (_, index) => index + 1);
