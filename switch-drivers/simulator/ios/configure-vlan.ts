import { wrongWord } from '../cli/line.ts';
import { done, go, type Outcome, type Scene, type VlanBlock } from '../cli/scene.ts';
import { defaultVlanName } from '../cli/vlan-text.ts';
import type { CommandTable } from '../cli/words.ts';
import type { Knobs } from '../device.ts';
import type { SimConfig, SimVlan } from '../model/config.ts';
import { isDefaultVlan, readVlanList } from './vlan-list.ts';

const CLIENT = 'VTP VLAN configuration not allowed when device is in CLIENT mode.\n';

export function enterVlans(knobs: Knobs, text: string): Outcome {
  if (knobs.vtpClient) return done(CLIENT);
  const ids = readVlanList(text);
  if ('rejected' in ids) return done(`${ids.rejected}\n`);
  return go({ kind: 'vlan', ids, edits: {} });
}

export function removeVlans(config: SimConfig, knobs: Knobs, text: string): Outcome {
  if (knobs.vtpClient) return done(CLIENT);
  const ids = readVlanList(text);
  if ('rejected' in ids) return done(`${ids.rejected}\n`);
  const kept = ids.find(isDefaultVlan);
  if (kept !== undefined) return done(`%Default VLAN ${kept} may not be deleted.\n`);
  for (const id of ids) delete config.vlans[id];
  return go({ kind: 'top' });
}

export function vlanCommands({ config }: Scene, pending: VlanBlock): CommandTable<Outcome> {
  const edit = (edits: Partial<SimVlan>): Outcome => go({ ...pending, edits: { ...pending.edits, ...edits } });
  return [
    ['name <name>', ([name]) => rename(config, pending, name!) ?? edit({ name: name! })],
    ['no name', () => edit({ name: '' })],
    ['no name <rest...>', () => edit({ name: '' })],
    ['state active', () => edit({ active: true })],
    ['state suspend', () => edit({ active: false })],
    ['no state', () => edit({ active: true })],
    ['no state <rest...>', () => edit({ active: true })],
  ];
}

/** Null when the name may be given. */
function rename(config: SimConfig, { ids }: VlanBlock, name: string): Outcome | null {
  const [id] = ids;
  if (id === undefined || ids.length > 1 || name.length > 32) return wrongWord(1);
  if (isDefaultVlan(id)) return done(`%Default VLAN ${id} may not have its name changed.\n`);
  const [twin] = Object.entries(config.vlans).find(([other, vlan]) => Number(other) !== id && vlan.name === name) ?? [];
  return twin === undefined ? null : done(`VLAN #${id} and #${twin} have an identical name: ${name}\n`);
}

/** Leaving the mode puts the VLANs in force. */
export function commitVlans({ config }: Scene, { ids, edits }: VlanBlock): void {
  for (const id of ids) {
    if (isDefaultVlan(id)) continue;
    const vlan = config.vlans[id] ?? { name: defaultVlanName(id), active: true };
    config.vlans[id] = { ...vlan, ...edits, name: edits.name === '' ? defaultVlanName(id) : (edits.name ?? vlan.name) };
  }
}
