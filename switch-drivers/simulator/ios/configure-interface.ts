import { joinLag } from '../cli/lag-members.ts';
import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { switchportCommands } from './configure-switchport.ts';
import { FACTORY_MODE } from './factory.ts';
import { isPortChannel, PORT_CHANNEL } from './interface-names.ts';

const PORTFAST_WARNING = (name: string) => `%Warning: portfast should only be enabled on ports connected to a single
 host. Connecting hubs, concentrators, switches, bridges, etc... to this
 interface  when portfast is enabled, can cause temporary bridging loops.
 Use with CAUTION

%Portfast has been configured on ${name} but will only
 have effect when the interface is in a non-trunking mode.
`;

export function interfaceCommands(scene: Scene, name: string, line: Line): Row[] {
  const own = scene.config.ports[name];
  if (!own) return [];
  const members = Object.values(scene.config.ports).filter(({ lag }) => lag === name);
  const target: Target = { name, own, all: [own, ...members] };
  const describe = (description: string | null): Outcome => set({ ...target, all: [own] }, { description });
  const portfast = (row: string): Outcome => {
    keep(target, 'spanning-tree portfast', row);
    return done(PORTFAST_WARNING(name));
  };
  return [
    ['shutdown', () => set(target, { adminUp: false })],
    ['no shutdown', () => set(target, { adminUp: true })],
    ['description <text...>', () => describe(restOf(line, 1).slice(0, 240))],
    ...negated('description', () => describe(null)),
    ['spanning-tree portfast', () => portfast('spanning-tree portfast')],
    ['spanning-tree portfast trunk', () => portfast('spanning-tree portfast trunk')],
    ...negated('spanning-tree portfast', () => keep(target, 'spanning-tree portfast', null)),
    ['spanning-tree bpduguard enable', () => guard(target, 'enable')],
    ['spanning-tree bpduguard disable', () => guard(target, 'disable')],
    ...negated('spanning-tree bpduguard', () => keep(target, 'spanning-tree bpduguard', null)),
    ...(isPortChannel(name) ? [] : channelCommands(scene, target)),
    ...switchportCommands(scene, target),
  ];
}

function guard(target: Target, state: string): Outcome {
  return keep(target, 'spanning-tree bpduguard', `spanning-tree bpduguard ${state}`);
}

function channelCommands(scene: Scene, target: Target): Row[] {
  return [
    ['channel-group <id> mode active', ([id]) => join(scene, target, id!, 'active')],
    ['channel-group <id> mode passive', ([id]) => join(scene, target, id!, 'passive')],
    ['channel-group <id> mode on', ([id]) => join(scene, target, id!, 'on')],
    ...negated('channel-group', () => {
      keep(target, 'channel-group', null);
      return set(target, { lag: null });
    }),
  ];
}

function join({ config }: Scene, target: Target, id: string, mode: string): Outcome {
  if (!/^\d{1,3}$/.test(id) || Number(id) < 1 || Number(id) > 128) return wrongWord(1);
  const lag = `${PORT_CHANNEL}${Number(id)}`;
  const fresh = joinLag(config, target, lag, FACTORY_MODE);
  keep(target, 'channel-group', `channel-group ${Number(id)} mode ${mode}`);
  return done(fresh ? `Creating a port-channel interface Port-channel ${Number(id)}\n\n` : '');
}
