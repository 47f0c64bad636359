import { inBlockOrTop } from '../cli/in-block.ts';
import { removeLag } from '../cli/lag-members.ts';
import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { type Context, done, go, type Outcome, type Scene } from '../cli/scene.ts';
import type { CommandTable } from '../cli/words.ts';
import { factoryPort, type SimConfig } from '../model/config.ts';
import { interfaceCommands } from './configure-interface.ts';
import { commitVlans, enterVlans, removeVlans, vlanCommands } from './configure-vlan.ts';
import { canonicalName, isPortChannel } from './interface-names.ts';

/** Runs one configuration line. */
export function configure(scene: Scene, context: Context, line: Line): Outcome {
  return inBlockOrTop(line, blockCommands(scene, context, line), topCommands(scene, context, line), () => {
    if (context.kind === 'vlan') commitVlans(scene, context);
  });
}

function blockCommands(scene: Scene, context: Context, line: Line): CommandTable<Outcome> {
  if (context.kind === 'interface') return interfaceCommands(scene, context.name, line);
  if (context.kind === 'vlan') return vlanCommands(scene, context);
  return [];
}

function topCommands({ config }: Scene, context: Context, line: Line): CommandTable<Outcome> {
  return [
    ['end', () => go('left')],
    ['exit', () => go(context.kind === 'top' ? 'left' : { kind: 'top' })],
    ['hostname <name>', ([name]) => rename(config, name!)],
    ['interface <name...>', () => enterInterface(config, restOf(line, 1))],
    ['no interface <name...>', () => removeInterface(config, restOf(line, 2))],
    ['default interface <name...>', () => defaultInterface(config, restOf(line, 2))],
    ['vlan <ids>', ([text]) => enterVlans(text!)],
    ['no vlan <ids>', ([text]) => removeVlans(config, text!)],
  ];
}

function rename(config: SimConfig, name: string): Outcome {
  config.hostname = name;
  return go({ kind: 'top' });
}

function enterInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null) return wrongWord(1);
  // A port channel comes into being by being named; a physical port is there or not.
  if (isPortChannel(name)) config.ports[name] ??= factoryPort();
  return config.ports[name] ? go({ kind: 'interface', name }) : wrongWord(1);
}

function removeInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null || !config.ports[name]) return wrongWord(2);
  if (!isPortChannel(name)) return done(`ERROR: ${name}: physical interface cannot be deleted\n`);
  removeLag(config, name, 'channel-group');
  return go({ kind: 'top' });
}

function defaultInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null || !config.ports[name]) return wrongWord(2);
  config.ports[name] = factoryPort();
  return go({ kind: 'top' });
}
