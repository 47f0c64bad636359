import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { negated, type Row, set, type Target } from '../cli/target.ts';
import { switchingCommands } from './configure-switching.ts';
import { isLag } from './interface-names.ts';

const NOT_ON_MEMBER = 'Operation not allowed on an interface part of a LAG.\n';
const NOT_ON_ROUTED = 'Operation not allowed on a routed interface.\n';

export function interfaceCommands(scene: Scene, name: string, line: Line): Row[] {
  const own = scene.config.ports[name];
  if (!own) return [];
  const target: Target = { name, own, all: [own] };
  const layer2 = ([pattern, run]: Row): Row => [
    pattern,
    (values) => {
      if (own.lag !== null) return done(NOT_ON_MEMBER);
      return own.routed ? done(NOT_ON_ROUTED) : run(values);
    },
  ];
  return [
    ['shutdown', () => set(target, { adminUp: false })],
    ['no shutdown', () => set(target, { adminUp: true })],
    ['description <text...>', () => set(target, { description: restOf(line, 1).slice(0, 64) })],
    ...negated('description', () => set(target, { description: null })),
    ['routing', () => layer(target, true)],
    ['no routing', () => layer(target, false)],
    ...(isLag(name) ? [] : memberCommands(scene, target)),
    ...switchingCommands(scene, target).map(layer2),
  ];
}

/** Changing the layer forgets what the other one had; a switched port begins in VLAN 1. */
function layer(target: Target, routed: boolean): Outcome {
  if (target.own.lag !== null) return done(NOT_ON_MEMBER);
  if (target.own.routed === routed) return done();
  return set(target, { routed, mode: 'access', accessVlan: 1, nativeVlan: 1, allowed: 'all', extra: [] });
}

function memberCommands({ config }: Scene, target: Target): Row[] {
  const join = (id: string): Outcome => {
    const lag = `lag${Number(id)}`;
    if (!/^\d{1,3}$/.test(id)) return wrongWord(1);
    return config.ports[lag]
      ? set(target, { lag })
      : done(`Operation not allowed: LAG ${Number(id)} does not exist.\n`);
  };
  return [['lag <id>', ([id]) => join(id!)], ...negated('lag', () => set(target, { lag: null }))];
}
