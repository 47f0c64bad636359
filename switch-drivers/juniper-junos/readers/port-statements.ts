import { canonicalName } from '../port-names.ts';
import type { Statement } from './statements.ts';

/**
 * The statements under `interfaces`, by interface, the settings of interface ranges first: the interface's own
 * prevail.
 */
export function byInterface(statements: readonly Statement[], unparsed: string[]): Map<string, Statement[]> {
  const own = new Map<string, Statement[]>();
  const ranges = new Map<string, { members: string[]; settings: Statement[] }>();
  for (const { line, words } of statements) {
    const [part, name = '', ...rest] = words;
    if (part !== 'interfaces') continue;
    if (name !== 'interface-range') {
      const portId = canonicalName(name);
      if (portId === null) unparsed.push(line);
      else own.set(portId, [...(own.get(portId) ?? []), { line, words: rest }]);
      continue;
    }
    const [rangeName = '', ...setting] = rest;
    const range = ranges.get(rangeName) ?? { members: [], settings: [] };
    ranges.set(rangeName, range);
    const members = membersOf(setting);
    if (members === null) unparsed.push(line);
    else if (members === 'setting') range.settings.push({ line, words: setting });
    else range.members.push(...members);
  }
  const result = new Map<string, Statement[]>();
  for (const { members, settings } of ranges.values()) {
    for (const portId of members) result.set(portId, [...(result.get(portId) ?? []), ...settings]);
  }
  for (const [portId, settings] of own) result.set(portId, [...(result.get(portId) ?? []), ...settings]);
  return result;
}

/** Null: a range that cannot be written out, e.g. with `*`. */
function membersOf([key, first = '', , last = '']: string[]): string[] | 'setting' | null {
  if (key === 'member') {
    const names = expand(first).map(canonicalName);
    return names.length === 0 || names.includes(null) ? null : names.filter((name) => name !== null);
  }
  if (key !== 'member-range') return 'setting';
  const from = /^(.*\/)(\d{1,3})$/.exec(first);
  const to = /^(.*\/)(\d{1,3})$/.exec(last);
  if (!from || !to || from[1] !== to[1] || canonicalName(first) === null) return null;
  return numbers(`${from[2]}-${to[2]}`).map((number) => `${from[1]}${number}`);
}

/** `ge-0/0/[0-5,7]` to its names. */
function expand(pattern: string): string[] {
  let names = [pattern];
  for (let turn = 0; turn < 4; turn += 1) {
    names = names.slice(0, 1024).flatMap((name) => {
      const match = /^([^[\]]*)\[([\d,-]+)\](.*)$/.exec(name);
      return match ? numbers(match[2] ?? '').map((number) => `${match[1]}${number}${match[3]}`) : [name];
    });
  }
  return names;
}

function numbers(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    if (!(last >= first) || last - first > 1024) return [];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
