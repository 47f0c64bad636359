import type { Outcome } from './scene.ts';
import { negated, type Row, set, type Target } from './target.ts';
import { ascending, EVERY_VLAN } from './vlan-text.ts';

/** `switchport trunk allowed vlan` of Cisco-like devices; `read` makes ids of a list, or the device's answer to none. */
export function allowedVlanCommands(target: Target, read: (text: string) => number[] | Outcome): Row[] {
  const change = (text: string, edit: (before: readonly number[], ids: number[]) => number[]): Outcome => {
    const ids = read(text);
    if (!Array.isArray(ids)) return ids;
    const allowed = edit(target.own.allowed === 'all' ? EVERY_VLAN : target.own.allowed, ids);
    return set(target, { allowed: allowed.length === EVERY_VLAN.length ? 'all' : allowed });
  };
  return [
    ['switchport trunk allowed vlan none', () => set(target, { allowed: [] })],
    ['switchport trunk allowed vlan all', () => set(target, { allowed: 'all' })],
    ...negated('switchport trunk allowed vlan', () => set(target, { allowed: 'all' })),
    ['switchport trunk allowed vlan add <ids>', ([text]) => change(text!, (old, ids) => ascending([...old, ...ids]))],
    [
      'switchport trunk allowed vlan remove <ids>',
      ([text]) => change(text!, (old, ids) => old.filter((id) => !ids.includes(id))),
    ],
    ['switchport trunk allowed vlan except <ids>', ([text]) => change(text!, (_, ids) => except(ids))],
    ['switchport trunk allowed vlan <ids>', ([text]) => change(text!, (_, ids) => ids)],
  ];
}

function except(ids: readonly number[]): number[] {
  return EVERY_VLAN.filter((id) => !ids.includes(id));
}
