import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { commandMeaning } from './interface-commands.ts';

/** What the configuration says about one interface, defaults included. */
export interface InterfaceSettings {
  portId: string;
  adminUp: boolean;
  /** What the block says about the layer. */
  layerEvidence: Set<'no ip address' | 'switchport setting' | 'address' | 'switchport' | 'no switchport'>;
  mode: 'access' | 'trunk' | 'other';
  access: number | null;
  native: number | null;
  allowed: number[] | 'all' | null;
  lag: string | null;
  description: string | null;
  mtu: number | null;
  foreign: string[];
}

/** An interface about which the configuration says nothing: IOS prints no defaults. */
export function silentInterface(portId: string): InterfaceSettings {
  return {
    portId,
    adminUp: true,
    layerEvidence: new Set(),
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
  if (/^switchport /.test(setting)) port.layerEvidence.add('switchport setting');
  if (/^switchport mode /.test(setting)) port.mode = 'other';
  if (meaning === 'unknown') return false;
}

/** Settings that the row expresses. False: the value is not what the grammar allows. */
const MODELLED: ReadonlyArray<
  readonly [RegExp, (port: InterfaceSettings, match: RegExpExecArray) => false | undefined]
> = [
  [
    /^(no )?shutdown$/,
    (port, [, no]) => {
      port.adminUp = no !== undefined;
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
  [/^no switchport$/, (port) => void port.layerEvidence.add('no switchport')],
  [/^switchport$/, (port) => void port.layerEvidence.add('switchport')],
  [
    /^(?:ip (?:address (?:\d|dhcp)|vrf forwarding )|vrf forwarding |ipv6 address )/,
    (port) => void port.layerEvidence.add('address'),
  ],
  [/^no ip address$/, (port) => void port.layerEvidence.add('no ip address')],
  [/^channel-group (\d{1,4})(?: mode (?:active|passive|on|auto|desirable)(?: non-silent)?)?$/, channelGroup],
  [/^switchport mode (access|trunk)$/, (port, [, mode]) => setMode(port, mode === 'trunk' ? 'trunk' : 'access')],
  [/^switchport mode dynamic (?:auto|desirable)$/, (port) => setMode(port, 'other')],
  [/^switchport access vlan (\d+)$/, (port, [, vlan]) => setVlan(port, 'access', vlan)],
  [/^switchport trunk native vlan (\d+)$/, (port, [, vlan]) => setVlan(port, 'native', vlan)],
  [/^switchport trunk allowed vlan (?:(add|remove|except) )?(\S+)$/, allowedVlans],
];

function setMode(port: InterfaceSettings, mode: InterfaceSettings['mode']): undefined {
  port.mode = mode;
  port.layerEvidence.add('switchport setting');
}

function setVlan(port: InterfaceSettings, field: 'access' | 'native', text: string | undefined): false | undefined {
  port.layerEvidence.add('switchport setting');
  port[field] = parseVlanList(text ?? '')?.[0] ?? null;
  if (port[field] === null) return false;
}

function channelGroup(port: InterfaceSettings, [, group]: RegExpExecArray): undefined {
  port.lag = `Port-channel${Number(group)}`;
}

/** Long lists go on in further lines with `add`. */
function allowedVlans(port: InterfaceSettings, [, how, text = '']: RegExpExecArray): false | undefined {
  port.layerEvidence.add('switchport setting');
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
  if (how === undefined) port.allowed = list;
  else if (how === 'add') port.allowed = [...new Set([...(before ?? []), ...list])].sort((a, b) => a - b);
  else port.allowed = (how === 'except' ? ALL : (before ?? [])).filter((vlan) => !list.includes(vlan));
}

const ALL: readonly number[] = Array.from({ length: 4094 }, (_, index) => index + 1);
