import { wrongWord } from '../cli/line.ts';
import { done, go, type Outcome, type Scene, type VlanBlock } from '../cli/scene.ts';
import { vlanIds } from '../cli/vlan-text.ts';
import type { CommandTable } from '../cli/words.ts';
import type { SimConfig, SimVlan } from '../model/config.ts';

const DEFAULT_VLAN = 1;

/** Name of a VLAN that was given none. */
export function plainName(id: number): string {
  return id === DEFAULT_VLAN ? 'DEFAULT_VLAN_1' : `VLAN${id}`;
}

export function enterVlans(config: SimConfig, text: string): Outcome {
  const ids = vlanIds(text);
  if (ids === null) return wrongWord(1);
  for (const id of ids) config.vlans[id] ??= { name: plainName(id), active: true };
  return go({ kind: 'vlan', ids, edits: {} });
}

/** Ports of a VLAN that goes fall to the default VLAN. */
export function removeVlans(config: SimConfig, text: string): Outcome {
  const ids = vlanIds(text);
  if (ids === null) return wrongWord(2);
  if (ids.includes(DEFAULT_VLAN)) return done('Operation not allowed on the default VLAN.\n');
  for (const id of ids) delete config.vlans[id];
  for (const port of Object.values(config.ports)) {
    if (ids.includes(port.accessVlan)) port.accessVlan = DEFAULT_VLAN;
    if (port.nativeVlan !== 'tag' && ids.includes(port.nativeVlan)) port.nativeVlan = DEFAULT_VLAN;
    if (port.allowed !== 'all') port.allowed = port.allowed.filter((id) => !ids.includes(id));
  }
  return done();
}

/** What is set in the block is in force at once. */
export function vlanCommands({ config }: Scene, { ids }: VlanBlock): CommandTable<Outcome> {
  const edit = (values: (id: number) => Partial<SimVlan>): Outcome => {
    for (const id of ids) Object.assign(config.vlans[id] ?? {}, values(id));
    return done();
  };
  const activate = (active: boolean): Outcome =>
    ids.includes(DEFAULT_VLAN) ? done('Operation not allowed on the default VLAN.\n') : edit(() => ({ active }));
  return [
    [
      'name <name>',
      ([name]) => (ids.length === 1 && name!.length <= 32 ? edit(() => ({ name: name! })) : wrongWord(1)),
    ],
    ['no name', () => edit((id) => ({ name: plainName(id) }))],
    ['shutdown', () => activate(false)],
    ['no shutdown', () => activate(true)],
    ['description <text...>', () => done()],
    ['no description', () => done()],
  ];
}
