import { naturalSort } from '../cli/sort.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { defaultName, printLists } from './list.ts';

/** The blocks of interfaces, LAGs first. */
export function interfaceBlocks(
  config: Readonly<SimConfig>,
  lag: string,
  settings: (port: SimPortConfig) => string[],
): string[] {
  const rank = (name: string) => Number(!name.startsWith(lag));
  return Object.keys(config.ports)
    .sort((a, b) => rank(a) - rank(b) || naturalSort(a, b))
    .map((name) => block(`interface ${name}`, settings(config.ports[name]!)));
}

/** The blocks of VLANs that were given a name. */
export function vlanBlocks(config: Readonly<SimConfig>, all: boolean): string[] {
  return Object.entries(config.vlans).flatMap(([key, { name }]) => {
    const named = Number(key) !== 1 && name !== defaultName(Number(key));
    return all || named ? [block(`vlan ${key}`, named ? [`name ${name}`] : [])] : [];
  });
}

/** The lines of a trunk's list; `shown`: what of it is printed. */
export function listRows(words: string, allowed: readonly number[], shown: readonly number[]): string[] {
  return [...(allowed.includes(1) ? [] : [`undo ${words} 1`]), ...printLists(shown).map((list) => `${words} ${list}`)];
}

/** The block of one interface, as the device prints it alone; null: there is none. */
export function interfaceBlock(blocks: readonly string[], name: string): string | null {
  const found = blocks.find((text) => text.split('\n')[0] === `interface ${name}`);
  return found === undefined ? null : joined([found]);
}

/** As the vendors separate blocks. */
export function joined(blocks: readonly string[]): string {
  return `#\n${blocks.join('\n#\n')}\n#\nreturn\n`;
}

function block(heading: string, rows: readonly string[]): string {
  return [heading, ...rows.map((row) => ` ${row}`)].join('\n');
}
