import { further, type Line, restOf, wrongWord } from '../cli/line.ts';
import { type Context, done, go, type Outcome, type Scene } from '../cli/scene.ts';
import { type CommandTable, lookUp } from '../cli/words.ts';
import type { SimConfig } from '../model/config.ts';
import { enterVlan, removeVlan, vlanCommands } from './configure-vlan.ts';
import { canonicalName } from './interface-names.ts';

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

function blockCommands({ config }: Scene, context: Context, line: Line): CommandTable<Outcome> {
  if (context.kind === 'interface') return interfaceCommands(config, context.name, line);
  return context.kind === 'vlan' ? vlanCommands(config, context.ids[0]!, line) : [];
}

function topCommands({ config }: Scene, context: Context, line: Line): CommandTable<Outcome> {
  return [
    ['end', () => go('left')],
    ['exit', () => go(context.kind === 'top' ? 'left' : { kind: 'top' })],
    ['hostname <name>', ([name]) => rename(config, name!)],
    ['interface <name...>', () => enterInterface(config, restOf(line, 1))],
    ['vlan <id>', ([id]) => enterVlan(config, id!, null)],
    ['vlan <id> by port', ([id]) => enterVlan(config, id!, null)],
    ['vlan <id> name <name>', ([id, name]) => enterVlan(config, id!, name!)],
    ['vlan <id> name <name> by port', ([id, name]) => enterVlan(config, id!, name!)],
    ['no vlan <id>', ([id]) => removeVlan(config, id!)],
  ];
}

function rename(config: SimConfig, name: string): Outcome {
  config.hostname = name;
  return done();
}

function enterInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  return name !== null && config.ports[name] ? go({ kind: 'interface', name }) : wrongWord(1);
}

function interfaceCommands(config: SimConfig, name: string, line: Line): CommandTable<Outcome> {
  const port = config.ports[name];
  if (!port) return [];
  const set = (values: Partial<typeof port>): Outcome => {
    Object.assign(port, values);
    return done();
  };
  return [
    ['enable', () => set({ adminUp: true })],
    ['disable', () => set({ adminUp: false })],
    ['port-name <text...>', () => set({ description: restOf(line, 1).slice(0, 255) })],
    ['no port-name', () => set({ description: null })],
  ];
}
