import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { type Context, done, go, type Outcome, type Scene } from '../cli/scene.ts';
import { type CommandTable, lookUp } from '../cli/words.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { membershipCommands } from './configure-membership.ts';

/** `switchvlan-configuration`, and the block of a port within it. */
const SWVLAN: Context = { kind: 'other', name: 'swvlan' };
const PORT_PREFIX = 'swvlan-if-';

/** Runs one configuration line. ZXROS looks for it in the current mode only. */
export function configure(scene: Scene, context: Context, line: Line): Outcome {
  const found = lookUp([['end', () => go('left')], ...commands(scene.config, context, line)], line.words, 'strict');
  return found.kind === 'match' ? found.run() : found;
}

function commands(config: SimConfig, context: Context, line: Line): CommandTable<Outcome> {
  if (context.kind === 'interface') return interfaceCommands(config.ports[context.name]!, line);
  if (context.kind === 'vlan') return vlanCommands(config, context.ids[0]!, line);
  if (context.kind === 'top') return topCommands(config);
  if (!context.name.startsWith(PORT_PREFIX)) return switchVlanCommands(config);
  return [
    ...membershipCommands(config, config.ports[context.name.slice(PORT_PREFIX.length)]!),
    ['exit', () => go(SWVLAN)],
  ];
}

function topCommands(config: SimConfig): CommandTable<Outcome> {
  const rename = (name: string): Outcome => {
    config.hostname = name;
    return done();
  };
  return [
    ['exit', () => go('left')],
    ['hostname <name>', ([name]) => rename(name!)],
    ['interface <name>', ([name]) => (config.ports[name!] ? go({ kind: 'interface', name: name! }) : wrongWord(1))],
    ['switchvlan-configuration', () => go(SWVLAN)],
  ];
}

function switchVlanCommands(config: SimConfig): CommandTable<Outcome> {
  const id = (text: string, word: number, use: (id: number) => Outcome): Outcome => {
    const vlan = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    return vlan >= 1 && vlan <= 4094 ? use(vlan) : wrongWord(word);
  };
  return [
    ['exit', () => go({ kind: 'top' })],
    ['vlan <id>', ([text]) => id(text!, 1, (vlan) => enterVlan(config, vlan))],
    ['no vlan <id>', ([text]) => id(text!, 2, (vlan) => removeVlan(config, vlan))],
    [
      'interface <name>',
      ([name]) => (config.ports[name!] ? go({ kind: 'other', name: `${PORT_PREFIX}${name}` }) : wrongWord(1)),
    ],
  ];
}

function enterVlan(config: SimConfig, id: number): Outcome {
  config.vlans[id] ??= { name: plainName(id), active: true };
  return go({ kind: 'vlan', ids: [id], edits: {} });
}

function removeVlan(config: SimConfig, id: number): Outcome {
  if (id === 1) return done('%Error 20612: VLAN 1 can not be deleted.\n');
  const used = Object.values(config.ports).some(({ mode, accessVlan, allowed }) =>
    mode === 'access' ? accessVlan === id : allowed !== 'all' && allowed.includes(id),
  );
  if (used) return done(`%Error 20613: VLAN ${id} has ports.\n`);
  delete config.vlans[id];
  return done();
}

/** Name of a VLAN that was given none. */
export function plainName(id: number): string {
  return `vlan${String(id).padStart(4, '0')}`;
}

function vlanCommands(config: SimConfig, id: number, line: Line): CommandTable<Outcome> {
  const rename = (name: string): Outcome => {
    const vlan = config.vlans[id];
    if (vlan) vlan.name = name;
    return done();
  };
  return [
    ['exit', () => go(SWVLAN)],
    ['name <name>', ([name]) => (name!.length <= 32 ? rename(name!) : wrongWord(1))],
    ['no name', () => rename(plainName(id))],
    ['description <text...>', () => (restOf(line, 1).length <= 128 ? done() : wrongWord(1))],
  ];
}

function interfaceCommands(port: SimPortConfig, line: Line): CommandTable<Outcome> {
  const set = (values: Partial<SimPortConfig>): Outcome => {
    Object.assign(port, values);
    return done();
  };
  return [
    ['exit', () => go({ kind: 'top' })],
    ['shutdown', () => set({ adminUp: false })],
    ['no shutdown', () => set({ adminUp: true })],
    ['description <text...>', () => set({ description: restOf(line, 1).slice(0, 100) })],
    ['no description', () => set({ description: null })],
    ['switch attribute enable', () => set({ routed: false })],
    ['switch attribute disable', () => set({ routed: true })],
  ];
}
