import { wrongWord } from '../cli/line.ts';
import { done, go, type Outcome, type Scene, type VlanBlock } from '../cli/scene.ts';
import { defaultVlanName } from '../cli/vlan-text.ts';
import type { CommandTable } from '../cli/words.ts';
import type { SimConfig, SimVlan } from '../model/config.ts';
import { readVlanList, unreserved } from './vlan-list.ts';

const DEFAULT_VLAN = 1;

export function enterVlans(text: string): Outcome {
  return unreserved(readVlanList(text, 1), (ids) => go({ kind: 'vlan', ids, edits: {} }));
}

export function removeVlans(config: SimConfig, text: string): Outcome {
  return unreserved(readVlanList(text, 2), (ids) => {
    if (ids.includes(DEFAULT_VLAN)) return done('ERROR: Cannot delete default VLAN 1\n');
    for (const id of ids) delete config.vlans[id];
    return go({ kind: 'top' });
  });
}

export function vlanCommands({ config }: Scene, pending: VlanBlock): CommandTable<Outcome> {
  const edit = (edits: Partial<SimVlan>): Outcome => go({ ...pending, edits: { ...pending.edits, ...edits } });
  return [
    ['name <name>', ([name]) => rename(config, pending, name!) ?? edit({ name: name! })],
    ['no name', () => edit({ name: '' })],
    ['state active', () => edit({ active: true })],
    ['state suspend', () => edit({ active: false })],
    ['shutdown', () => edit({ active: false })],
    ['no shutdown', () => edit({ active: true })],
  ];
}

/** Null when the name may be given. */
function rename(config: SimConfig, { ids }: VlanBlock, name: string): Outcome | null {
  const [id] = ids;
  if (id === undefined || ids.length > 1 || name.length > 32) return wrongWord(1);
  if (id === DEFAULT_VLAN) return done('ERROR: Cannot rename default VLAN 1\n');
  const twin = Object.entries(config.vlans).some(([other, vlan]) => Number(other) !== id && vlan.name === name);
  return twin ? done('ERROR: VLAN name already exists\n') : null;
}

/** What was set takes effect when the block is left. */
export function commitVlans({ config }: Scene, { ids, edits }: VlanBlock): void {
  for (const id of ids) {
    const vlan = config.vlans[id] ?? { name: defaultVlanName(id), active: true };
    if (id === DEFAULT_VLAN) continue;
    config.vlans[id] = { ...vlan, ...edits, name: edits.name === '' ? defaultVlanName(id) : (edits.name ?? vlan.name) };
  }
}
