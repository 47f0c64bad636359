import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { keep, type Row, set, type Target } from '../cli/target.ts';
import { ascending } from '../cli/vlan-text.ts';
import type { SimPortConfig } from '../model/config.ts';
import { readList, vlanId } from './list.ts';
import type { Vendor } from './vendor.ts';

const HYBRID = 'port link-type hybrid';
const FRESH: Partial<SimPortConfig> = { accessVlan: 1, nativeVlan: 1 };

/** A port's link type, in the family's words. */
export function linkType({ mode, extra }: SimPortConfig): string {
  if (extra.includes(HYBRID)) return 'hybrid';
  if (mode === 'dynamic auto') return 'negotiation-auto';
  return mode === 'dynamic desirable' ? 'negotiation-desirable' : mode;
}

export function portCommands(vendor: Vendor, scene: Scene, target: Target, line: Line): Row[] {
  const { access, list, undoPvid } = vendor;
  const typed = (type: string, mode: SimPortConfig['mode']): Row => [
    `port link-type ${type}`,
    () => setType(vendor, target, type, mode),
  ];
  return [
    ['shutdown', () => set(target, { adminUp: false })],
    ['undo shutdown', () => set(target, { adminUp: true })],
    ['description <text...>', () => set({ ...target, all: [target.own] }, { description: restOf(line, 1) })],
    ['undo description', () => set({ ...target, all: [target.own] }, { description: null })],
    typed('access', 'access'),
    typed('trunk', 'trunk'),
    typed('hybrid', 'access'),
    [
      'undo port link-type',
      () =>
        setType(vendor, target, linkType({ ...target.own, mode: vendor.factoryMode, extra: [] }), vendor.factoryMode),
    ],
    [`${access} <id>`, ([text]) => setAccess(vendor, scene, target, text!)],
    [`undo ${access}`, () => onAccess(vendor, target, () => set(target, { accessVlan: 1 }))],
    [`${list} <list...>`, ([text]) => setList(vendor, target, text!, 4, (old, ids) => [...old, ...ids])],
    [
      `undo ${list} <list...>`,
      ([text]) => setList(vendor, target, text!, 5, (old, ids) => old.filter((id) => !ids.includes(id))),
    ],
    ['port trunk pvid vlan <id>', ([text]) => setPvid(vendor, scene, target, text!)],
    [undoPvid, () => onTrunk(vendor, target, () => set(target, { nativeVlan: 1 }))],
    ...vendor.portCommands(target, scene.config),
  ];
}

/** A trunk begins with VLAN 1 alone; of what was set for the old type nothing stays. */
function setType(vendor: Vendor, target: Target, type: string, mode: SimPortConfig['mode']): Outcome {
  if (linkType(target.own) === type) return done();
  const reason = vendor.keepsType(target.own, type);
  if (reason !== null) return done(`${reason}\n`);
  keep(target, HYBRID, type === 'hybrid' ? HYBRID : null);
  return set(target, { ...FRESH, mode, allowed: mode === 'trunk' ? [1] : 'all' });
}

function onAccess(vendor: Vendor, { own }: Target, run: () => Outcome): Outcome {
  const type = linkType(own);
  return type === 'access' || type.startsWith('negotiation') ? run() : done(`${vendor.says.wrongType}\n`);
}

function onTrunk(vendor: Vendor, { own }: Target, run: () => Outcome): Outcome {
  return own.mode === 'trunk' ? run() : done(`${vendor.says.wrongType}\n`);
}

function setAccess(vendor: Vendor, { config }: Scene, target: Target, text: string): Outcome {
  const id = vlanId(text);
  if (id === null) return wrongWord(3);
  if (!config.vlans[id]) return done(`${vendor.says.noVlan}\n`);
  return onAccess(vendor, target, () => set(target, { accessVlan: id }));
}

function setPvid(vendor: Vendor, { config }: Scene, target: Target, text: string): Outcome {
  const id = vlanId(text);
  if (id === null) return wrongWord(4);
  if (vendor.pvidExists && !config.vlans[id]) return done(`${vendor.says.noVlan}\n`);
  return onTrunk(vendor, target, () => set(target, { nativeVlan: id }));
}

function setList(
  vendor: Vendor,
  target: Target,
  text: string,
  word: number,
  edit: (before: readonly number[], ids: readonly number[]) => number[],
): Outcome {
  const ids = readList(text);
  if (ids === 'incomplete') return { kind: 'incomplete' };
  if (ids === 'too many') return done(`${vendor.says.tooMany}\n`);
  if ('wrong' in ids) return wrongWord(word + ids.wrong);
  return onTrunk(vendor, target, () => {
    const before = Array.isArray(target.own.allowed) ? target.own.allowed : [];
    set(target, { allowed: ascending(edit(before, ids)) });
    return done(vendor.says.listTaken);
  });
}
