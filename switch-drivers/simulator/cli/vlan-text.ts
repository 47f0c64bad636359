export const EVERY_VLAN: readonly number[] = Array.from({ length: 4094 }, (_, index) => index + 1);

/** A VLAN set as Cisco-like devices print it: `1-3,10`. */
export function vlanText(ids: readonly number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < ids.length; index += 1) {
    const first = ids[index]!;
    while (ids[index + 1] === ids[index]! + 1) index += 1;
    parts.push(first === ids[index] ? `${first}` : `${first}-${ids[index]}`);
  }
  return parts.join(',');
}

/** `10`, `1-3,7`, ascending; null for anything else or beyond 1..4094. */
export function vlanIds(text: string): number[] | null {
  const ids: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part);
    if (!match) return null;
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (first < 1 || last > 4094 || first > last) return null;
    for (let id = first; id <= last; id += 1) ids.push(id);
  }
  return ascending(ids);
}

export function ascending(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** Name of a VLAN that was given none. */
export function defaultVlanName(id: number): string {
  return `VLAN${String(id).padStart(4, '0')}`;
}

/** A list cut at commas into pieces of at most `first` characters, then `next`. */
export function wrapList(text: string, first: number, next: number): string[] {
  const pieces: string[] = [];
  for (const part of text.split(',')) {
    const room = pieces.length <= 1 ? first : next;
    const last = pieces.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= room) pieces[pieces.length - 1] = `${last},${part}`;
    else pieces.push(part);
  }
  return pieces;
}
