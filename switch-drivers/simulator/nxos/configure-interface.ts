import { allowedVlanCommands } from '../cli/allowed-vlans.ts';
import { joinLag } from '../cli/lag-members.ts';
import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { factoryPort, type SimPortConfig } from '../model/config.ts';
import { isPortChannel, PORT_CHANNEL } from './interface-names.ts';
import { readVlanList, unreserved } from './vlan-list.ts';

const EDGE = 'spanning-tree port type edge';
const EDGE_WARNING = `Warning: Edge port type (portfast) should only be enabled on ports connected to a single
 host. Connecting hubs, concentrators, switches, bridges, etc...  to this
 interface when edge port type (portfast) is enabled, can cause temporary bridging loops.
 Use with CAUTION

`;

export function interfaceCommands(scene: Scene, name: string, line: Line): Row[] {
  const own = scene.config.ports[name];
  if (!own) return [];
  const members = Object.values(scene.config.ports).filter(({ lag }) => lag === name);
  const target: Target = { name, own, all: [own, ...members] };
  const describe = (description: string | null): Outcome => set({ ...target, all: [own] }, { description });
  const edge = (row: string): Outcome => {
    keep(target, EDGE, row);
    return done(EDGE_WARNING);
  };
  return [
    ['shutdown', () => set(target, { adminUp: false })],
    ['no shutdown', () => set(target, { adminUp: true })],
    ['description <text...>', () => describe(restOf(line, 1).slice(0, 254))],
    ...negated('description', () => describe(null)),
    [EDGE, () => edge(EDGE)],
    [`${EDGE} trunk`, () => edge(`${EDGE} trunk`)],
    ...negated('spanning-tree port type', () => keep(target, EDGE, null)),
    ...(isPortChannel(name) ? [] : channelCommands(scene, target)),
    ['switchport', () => (own.routed ? layer(target, false) : done())],
    ['no switchport', () => (own.routed ? done() : layer(target, true))],
    ...switchportCommands(target).map(
      ([pattern, run]): Row => [pattern, (values) => (own.routed ? notSwitchport(target) : run(values))],
    ),
  ];
}

function switchportCommands(target: Target): Row[] {
  const mode = (value: SimPortConfig['mode']) => set(target, { mode: value });
  const one = (text: string, word: number, use: (id: number) => Outcome) =>
    unreserved(/^\d{1,4}$/.test(text) ? readVlanList(text, word) : wrongWord(word), ([id]) => use(id!));
  return [
    ['switchport mode access', () => mode('access')],
    ['switchport mode trunk', () => mode('trunk')],
    ['switchport mode dot1q-tunnel', () => mode('dot1q-tunnel')],
    ...negated('switchport mode', () => mode('access')),
    // A VLAN that does not exist is taken; the port is inactive then.
    ['switchport access vlan <id>', ([text]) => one(text!, 3, (accessVlan) => set(target, { accessVlan }))],
    ...negated('switchport access vlan', () => set(target, { accessVlan: 1 })),
    ['switchport trunk native vlan <id>', ([text]) => one(text!, 4, (nativeVlan) => set(target, { nativeVlan }))],
    ...negated('switchport trunk native vlan', () => set(target, { nativeVlan: 1 })),
    ...allowedVlanCommands(target, (text) => readVlanList(text, 4)),
  ];
}

function channelCommands(scene: Scene, target: Target): Row[] {
  const join = (id: string, mode: string): Outcome => {
    if (!/^\d{1,4}$/.test(id) || Number(id) < 1 || Number(id) > 4096) return wrongWord(1);
    joinLag(scene.config, target, `${PORT_CHANNEL}${Number(id)}`);
    return keep(target, 'channel-group', `channel-group ${Number(id)}${mode}`);
  };
  return [
    // Without a mode, and without printing it: on.
    ['channel-group <id>', ([id]) => join(id!, '')],
    ['channel-group <id> mode on', ([id]) => join(id!, '')],
    ['channel-group <id> mode active', ([id]) => join(id!, ' mode active')],
    ['channel-group <id> mode passive', ([id]) => join(id!, ' mode passive')],
    ...negated('channel-group', () => {
      keep(target, 'channel-group', null);
      return set(target, { lag: null });
    }),
  ];
}

/** A port that changes its layer loses what it was set to on the other. */
function layer(target: Target, routed: boolean): Outcome {
  const { mode, accessVlan, nativeVlan, allowed } = factoryPort();
  return set(target, { routed, mode, accessVlan, nativeVlan, allowed });
}

function notSwitchport({ name }: Target): Outcome {
  return done(`ERROR: ${name}: not a switchport\n`);
}
