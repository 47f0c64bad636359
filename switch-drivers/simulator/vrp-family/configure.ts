import { inBlockOrTop } from '../cli/in-block.ts';
import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { type Context, done, go, type Outcome, type Scene } from '../cli/scene.ts';
import type { Row } from '../cli/target.ts';
import { factoryPort, type SimConfig } from '../model/config.ts';
import { portCommands } from './configure-port.ts';
import { defaultName, vlanId } from './list.ts';
import type { Vendor } from './vendor.ts';

/** Runs one line of the system view or of a block in it. */
export function configure(vendor: Vendor, scene: Scene, context: Context, line: Line): Outcome {
  return inBlockOrTop(line, blockCommands(vendor, scene, context, line), systemCommands(vendor, scene, context, line));
}

function blockCommands(vendor: Vendor, scene: Scene, context: Context, line: Line): Row[] {
  if (context.kind === 'vlan') return vlanCommands(vendor, scene, context.ids);
  const own = context.kind === 'interface' ? scene.config.ports[context.name] : undefined;
  if (context.kind !== 'interface' || !own) return [];
  const members = Object.values(scene.config.ports).filter(({ lag }) => lag === context.name);
  return portCommands(vendor, scene, { name: context.name, own, all: [own, ...members] }, line);
}

function vlanCommands({ nameLength }: Vendor, { config }: Scene, ids: readonly number[]): Row[] {
  const rename = (name: (id: number) => string): Outcome => {
    for (const id of ids) Object.assign(config.vlans[id] ?? {}, { name: name(id) });
    return done();
  };
  return [
    ['name <name>', ([name]) => (name!.length > nameLength ? wrongWord(1) : rename(() => name!))],
    ['undo name', () => rename(defaultName)],
  ];
}

function systemCommands(vendor: Vendor, { config }: Scene, context: Context, line: Line): Row[] {
  return [
    ['return', () => go('left')],
    ['quit', () => go(context.kind === 'top' ? 'left' : { kind: 'top' })],
    ['sysname <name>', ([name]) => rename(config, name!)],
    ['interface <name...>', () => enterInterface(vendor, config, restOf(line, 1))],
    ['vlan <id>', ([text]) => enterVlan(config, text!)],
    ['undo vlan <id>', ([text]) => removeVlan(vendor, config, text!)],
    ...vendor.systemCommands(config),
  ];
}

function rename(config: SimConfig, name: string): Outcome {
  config.hostname = name;
  return go({ kind: 'top' });
}

function enterInterface({ names, lag, factoryMode }: Vendor, config: SimConfig, text: string): Outcome {
  const name = names.canonical(text);
  if (name === null) return wrongWord(1);
  // A LAG comes into being by being named; a physical port is there or not.
  if (name.startsWith(lag)) config.ports[name] ??= factoryPort(factoryMode);
  return config.ports[name] ? go({ kind: 'interface', name }) : wrongWord(1);
}

/** The VLAN is there as soon as its view is entered. */
function enterVlan(config: SimConfig, text: string): Outcome {
  const id = vlanId(text);
  if (id === null) return wrongWord(1);
  config.vlans[id] ??= { name: defaultName(id), active: true };
  return go({ kind: 'vlan', ids: [id], edits: {} });
}

/** Access ports of a VLAN that goes fall to VLAN 1; a trunk's PVID stays. */
function removeVlan({ says }: Vendor, config: SimConfig, text: string): Outcome {
  const id = vlanId(text);
  if (id === null) return wrongWord(2);
  if (id === 1) return done('Error: The default VLAN cannot be deleted.\n');
  if (!config.vlans[id]) return done(`${says.noVlan}\n`);
  delete config.vlans[id];
  for (const port of Object.values(config.ports)) if (port.accessVlan === id) port.accessVlan = 1;
  return go({ kind: 'top' });
}
