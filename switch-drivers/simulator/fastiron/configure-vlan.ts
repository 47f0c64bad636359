import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { done, go, type Outcome } from '../cli/scene.ts';
import type { CommandTable } from '../cli/words.ts';
import type { SimConfig } from '../model/config.ts';
import { listText, portList } from './interface-names.ts';
import { DEFAULT_VLAN, type Membership, membershipOf, setMembership } from './membership.ts';

/** Kept by the device for itself. */
const RESERVED = [4087, 4090, 4091, 4092, 4093];

/** Naming a VLAN makes it. */
export function enterVlan(config: SimConfig, text: string, name: string | null): Outcome {
  if (!/^\d{1,5}$/.test(text)) return wrongWord(1);
  const id = Number(text);
  if (id < 1) return done(`Error: vlan ID value ${id} not allowed.\n`);
  if (id > 4095) return done(`Error: vlan id ${id} is outside of allowed max of 4095\n`);
  if (id === 4095 || RESERVED.includes(id)) return done(`Error - VLAN ${id} is reserved.\n`);
  if (name !== null && name.length > 32) return wrongWord(3);
  config.vlans[id] ??= { name: '', active: true };
  if (name !== null && id !== DEFAULT_VLAN) config.vlans[id].name = name;
  return go({ kind: 'vlan', ids: [id], edits: {} });
}

/** Its ports fall to the default VLAN, or stay in their other ones. */
export function removeVlan(config: SimConfig, text: string): Outcome {
  const id = Number(text);
  if (!config.vlans[id]) return done(`Error - VLAN ${text} is not configured.\n`);
  if (id === DEFAULT_VLAN) return done('Error - Default VLAN cannot be deleted.\n');
  delete config.vlans[id];
  for (const port of Object.values(config.ports)) {
    const { untagged, tagged } = membershipOf(port);
    setMembership(port, {
      untagged: untagged === id ? DEFAULT_VLAN : untagged,
      tagged: tagged.filter((other) => other !== id),
    });
  }
  return done();
}

type Rule = (before: Membership) => Membership | string;

export function vlanCommands(config: SimConfig, id: number, line: Line): CommandTable<Outcome> {
  const all = (words: number, did: string, rule: Rule): Outcome => {
    const names = portList(restOf(line, words));
    if (names === null || names.some((name) => !config.ports[name])) return wrongWord(words);
    // All ports of the list, or none of them.
    const after = names.map((name) => ({ name, result: rule(membershipOf(config.ports[name]!)) }));
    for (const { name, result } of after) if (typeof result === 'string') return done(`${refusal(name, result)}\n`);
    for (const { name, result } of after) if (typeof result !== 'string') setMembership(config.ports[name]!, result);
    return done(`${did} port(s) ${listText(names)} ${did.startsWith('Added') ? 'to' : 'from'} port-vlan ${id}.\n`);
  };
  return [
    ['untagged <ports...>', () => all(1, 'Added untagged', (before) => joinUntagged(id, before))],
    ['no untagged <ports...>', () => all(2, 'Deleted untagged', (before) => leaveUntagged(id, before))],
    ['tagged <ports...>', () => all(1, 'Added tagged', (before) => joinTagged(id, before))],
    ['no tagged <ports...>', () => all(2, 'Deleted tagged', (before) => leaveTagged(id, before))],
    ['spanning-tree', () => done()],
    ['no spanning-tree', () => done()],
  ];
}

function refusal(name: string, reason: string): string {
  return `Error - port ${listText([name])} ${reason}`;
}

/** Only from the default VLAN. */
function joinUntagged(id: number, { untagged, tagged }: Membership): Membership | string {
  if (tagged.includes(id)) return `are tagged members of vlan ${id}`;
  if (id === DEFAULT_VLAN && untagged === null) return { untagged: id, tagged };
  return untagged === DEFAULT_VLAN ? { untagged: id, tagged } : 'are not member of default vlan';
}

/** Out of the default VLAN only who is tagged somewhere. */
function leaveUntagged(id: number, { untagged, tagged }: Membership): Membership | string {
  if (untagged !== id) return `are not untagged members of vlan ${id}`;
  if (id !== DEFAULT_VLAN) return { untagged: DEFAULT_VLAN, tagged };
  return tagged.length > 0 ? { untagged: null, tagged } : 'are in no other vlan';
}

function joinTagged(id: number, { untagged, tagged }: Membership): Membership | string {
  return untagged === id ? `are untagged members of vlan ${id}` : { untagged, tagged: [...tagged, id] };
}

function leaveTagged(id: number, { untagged, tagged }: Membership): Membership | string {
  if (!tagged.includes(id)) return `are not tagged members of vlan ${id}`;
  return { untagged, tagged: tagged.filter((other) => other !== id) };
}
