import { wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { ascending, EVERY_VLAN, vlanIds } from '../cli/vlan-text.ts';
import type { SimPortConfig } from '../model/config.ts';

/** Kept as typed while the native VLAN is tagged: the model only knows that there is no untagged one. */
export const NATIVE = 'vlan trunk native';

/** The `vlan` commands of an interface: they make it an access port or a trunk. */
export function switchingCommands(scene: Scene, target: Target): Row[] {
  const known = (text: string, word: number, use: (ids: number[]) => Outcome): Outcome => {
    const ids = vlanIds(text);
    if (ids === null) return wrongWord(word);
    const missing = ids.find((id) => !scene.config.vlans[id]);
    return missing === undefined ? use(ids) : done(`VLAN ${missing} should be created.\n`);
  };
  const one = (text: string, word: number, use: (id: number) => Outcome): Outcome =>
    /^\d+$/.test(text) ? known(text, word, ([id]) => use(id!)) : wrongWord(word);
  return [
    ['vlan access <id>', ([text]) => one(text!, 2, (id) => toAccess(target, id))],
    ...negated('vlan access', () => (target.own.mode === 'access' ? toAccess(target, 1) : notTrunk('a trunk'))),
    [
      'vlan trunk native <id>',
      ([text]) => one(text!, 3, (id) => setNative(target, id, target.own.nativeVlan === 'tag')),
    ],
    ['vlan trunk native <id> tag', ([text]) => one(text!, 3, (id) => setNative(target, id, true))],
    ...negated(NATIVE, () => (target.own.mode === 'trunk' ? setNative(target, 1, false) : notTrunk('an access'))),
    ['vlan trunk allowed all', () => allow(target, 'all')],
    ['vlan trunk allowed <ids>', ([text]) => known(text!, 3, (ids) => allow(target, ids))],
    ['no vlan trunk allowed', () => disallow(target, EVERY_VLAN)],
    ['no vlan trunk allowed all', () => disallow(target, EVERY_VLAN)],
    ['no vlan trunk allowed <ids>', ([text]) => known(text!, 4, (ids) => disallow(target, ids))],
  ];
}

function toAccess(target: Target, accessVlan: number): Outcome {
  keep(target, NATIVE, null);
  return set(target, { mode: 'access', accessVlan, nativeVlan: 1, allowed: 'all' });
}

/** A port that becomes a trunk has every VLAN until it is given a list. */
function setNative(target: Target, id: number, tagged: boolean): Outcome {
  const begun: Partial<SimPortConfig> = target.own.mode === 'trunk' ? {} : { mode: 'trunk', allowed: 'all' };
  keep(target, NATIVE, tagged ? `${NATIVE} ${id} tag` : null);
  return set(target, { ...begun, nativeVlan: tagged ? 'tag' : id });
}

/** A list is added to; the first one takes the place of `all`. */
function allow(target: Target, ids: number[] | 'all'): Outcome {
  const { mode, allowed } = target.own;
  if (mode !== 'trunk') return set(target, { mode: 'trunk', nativeVlan: 1, allowed: ids });
  if (ids === 'all' || allowed === 'all') return set(target, { allowed: ids });
  return set(target, { allowed: ascending([...allowed, ...ids]) });
}

/** Without its last VLAN the port is an access port of the default VLAN again. */
function disallow(target: Target, ids: readonly number[]): Outcome {
  const { mode, allowed } = target.own;
  if (mode !== 'trunk') return notTrunk('an access');
  const left = (allowed === 'all' ? EVERY_VLAN : allowed).filter((id) => !ids.includes(id));
  return left.length === 0 ? toAccess(target, 1) : set(target, { allowed: left });
}

function notTrunk(what: string): Outcome {
  return done(`Operation not allowed on ${what} interface.\n`);
}
