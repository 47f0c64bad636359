import { further, type Line, restOf, wrongWord } from '../cli/line.ts';
import { type Context, done, go, type Outcome, type Scene } from '../cli/scene.ts';
import { type CommandTable, lookUp } from '../cli/words.ts';
import { factoryPort, type SimConfig } from '../model/config.ts';
import { interfaceCommands } from './configure-interface.ts';
import { enterVlans, removeVlans, vlanCommands } from './configure-vlan.ts';
import { canonicalName, isLag } from './interface-names.ts';

/** Runs one configuration line; it is looked for in the current block, then on the top level, which leaves the block. */
export function configure(scene: Scene, context: Context, line: Line): Outcome {
  const inner = lookUp(blockCommands(scene, context, line), line.words, 'strict');
  if (inner.kind === 'match') return inner.run();
  if (inner.kind !== 'invalid') return inner;
  const top = lookUp(topCommands(scene, context, line), line.words, 'strict');
  if (top.kind !== 'match') return further(inner, top);
  const outcome = top.run();
  return outcome.kind === 'done' ? { context: { kind: 'top' }, ...outcome } : outcome;
}

function blockCommands(scene: Scene, context: Context, line: Line): CommandTable<Outcome> {
  if (context.kind === 'interface') return interfaceCommands(scene, context.name, line);
  return context.kind === 'vlan' ? vlanCommands(scene, context) : [];
}

function topCommands({ config }: Scene, context: Context, line: Line): CommandTable<Outcome> {
  return [
    ['end', () => go('left')],
    ['exit', () => go(context.kind === 'top' ? 'left' : { kind: 'top' })],
    ['hostname <name>', ([name]) => rename(config, name!)],
    ['interface <name...>', () => enterInterface(config, restOf(line, 1))],
    ['no interface <name...>', () => removeLag(config, restOf(line, 2))],
    ['vlan <ids>', ([text]) => enterVlans(config, text!)],
    ['no vlan <ids>', ([text]) => removeVlans(config, text!)],
  ];
}

function rename(config: SimConfig, name: string): Outcome {
  config.hostname = name;
  return done();
}

/** A LAG comes into being by being named, shut down and routed; a port is there or not. */
function enterInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null) return wrongWord(1);
  if (isLag(name)) config.ports[name] ??= { ...factoryPort(), adminUp: false, routed: true };
  return config.ports[name] ? go({ kind: 'interface', name }) : wrongWord(1);
}

function removeLag(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null || !isLag(name) || !config.ports[name]) return wrongWord(2);
  delete config.ports[name];
  for (const port of Object.values(config.ports)) if (port.lag === name) port.lag = null;
  return done();
}
