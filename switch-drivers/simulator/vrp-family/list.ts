import { ascending, EVERY_VLAN, vlanText } from '../cli/vlan-text.ts';

/** The most items, single VLANs or ranges, that a line takes and prints. */
const ITEMS = 10;

/** A list of VLANs, or what is wrong: the word at fault, a range without its end, or too many items. */
export type ReadList = number[] | { wrong: number } | 'incomplete' | 'too many';

/** `10 20 to 30`, `all`. */
export function readList(text: string): ReadList {
  if (text === 'all') return [...EVERY_VLAN];
  const words = text.split(/\s+/);
  const ids: number[] = [];
  let items = 0;
  for (let at = 0; at < words.length; at += 1) {
    const first = vlanId(words[at]!);
    if (first === null) return { wrong: at };
    let last = first;
    if (words[at + 1] === 'to') {
      if (at + 2 >= words.length) return 'incomplete';
      at += 2;
      last = vlanId(words[at]!) ?? 0;
      if (last < first) return { wrong: at };
    }
    for (let id = first; id <= last; id += 1) ids.push(id);
    items += 1;
  }
  return items > ITEMS ? 'too many' : ascending(ids);
}

export function vlanId(text: string): number | null {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? id : null;
}

/** The lists as the configuration prints them, so many items to a line. */
export function printLists(ids: readonly number[]): string[] {
  const items = vlanText(ids).split(',').filter(Boolean);
  return Array.from({ length: Math.ceil(items.length / ITEMS) }, (_, line) =>
    items
      .slice(line * ITEMS, (line + 1) * ITEMS)
      .join(' ')
      .replaceAll('-', ' to '),
  );
}

/** Name of a VLAN that was given none. */
export function defaultName(id: number): string {
  return `VLAN ${String(id).padStart(4, '0')}`;
}

/** 02:00:5e:00:53:01 as the family prints it: 0200-5e00-5301. */
export function dashed(mac: string): string {
  return mac.replaceAll(':', '').replace(/(.{4})(?!$)/g, '$1-');
}
