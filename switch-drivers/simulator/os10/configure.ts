import { inBlockOrTop } from '../cli/in-block.ts';
import { removeLag } from '../cli/lag-members.ts';
import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { type Context, done, go, type Outcome, type Scene } from '../cli/scene.ts';
import type { CommandTable } from '../cli/words.ts';
import { factoryPort, type SimConfig } from '../model/config.ts';
import { interfaceCommands } from './configure-interface.ts';
import { canonicalName, isPortChannel, vlanOf } from './interface-names.ts';
import { DEFAULT_VLAN, leaveVlan } from './membership.ts';

/** VLAN 4094 and port channel 1000 link the peers of a VLT domain. */
const HIGHEST_VLAN = 4093;
const VLT_CHANNEL = 'port-channel1000';

/** Runs one configuration line. */
export function configure(scene: Scene, context: Context, line: Line): Outcome {
  return inBlockOrTop(line, blockCommands(scene, context, line), topCommands(scene.config, context, line));
}

function blockCommands(scene: Scene, context: Context, line: Line): CommandTable<Outcome> {
  if (context.kind !== 'interface') return [];
  const vlan = vlanOf(context.name);
  return vlan === null ? interfaceCommands(scene, context.name, line) : vlanCommands(scene.config, vlan, line);
}

/** `shutdown` of a VLAN stops what is routed, not what is switched, so the model knows nothing of it. */
function vlanCommands({ vlans }: SimConfig, vlan: number, line: Line): CommandTable<Outcome> {
  const rename = (name: string): Outcome => {
    vlans[vlan] = { name: name.replace(/^"(.*)"$/, '$1'), active: true };
    return done();
  };
  return [
    ['description <text...>', () => rename(restOf(line, 1))],
    ['no description', () => rename('')],
    ['shutdown', () => done()],
    ['no shutdown', () => done()],
  ];
}

function topCommands(config: SimConfig, context: Context, line: Line): CommandTable<Outcome> {
  return [
    ['end', () => go('left')],
    ['exit', () => go(context.kind === 'top' ? 'left' : { kind: 'top' })],
    ['hostname <name>', ([name]) => rename(config, name!)],
    ['interface <name...>', () => enterInterface(config, restOf(line, 1))],
    ['no interface <name...>', () => removeInterface(config, restOf(line, 2))],
  ];
}

function rename(config: SimConfig, name: string): Outcome {
  config.hostname = name;
  return go({ kind: 'top' });
}

/** A VLAN or a port channel comes into being by being named; a physical port is there or not. */
function enterInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null || name === VLT_CHANNEL) return wrongWord(1);
  const vlan = vlanOf(name);
  if (vlan !== null) {
    if (vlan < 1 || vlan > HIGHEST_VLAN) return wrongWord(1);
    config.vlans[vlan] ??= { name: '', active: true };
    return go({ kind: 'interface', name });
  }
  if (isPortChannel(name)) config.ports[name] ??= factoryPort();
  return config.ports[name] ? go({ kind: 'interface', name }) : wrongWord(1);
}

function removeInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  const vlan = name === null ? null : vlanOf(name);
  if (vlan === DEFAULT_VLAN) return done('% Error: Default VLAN cannot be deleted.\n');
  if (vlan !== null && config.vlans[vlan]) {
    leaveVlan(config, vlan);
    delete config.vlans[vlan];
    return go({ kind: 'top' });
  }
  if (name === null || !isPortChannel(name) || !config.ports[name]) return wrongWord(2);
  removeLag(config, name, 'channel-group');
  return go({ kind: 'top' });
}
