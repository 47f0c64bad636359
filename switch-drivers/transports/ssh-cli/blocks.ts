import type { CliLine } from './guard.ts';
import type { BlockSetting } from './platform.ts';

/** What has to be sent to bring a block to the settings, and what the block is afterwards. */
export interface BlockChange {
  lines: CliLine[];
  block: string[];
}

/** Only what differs is sent: a switch pays for every line, and a line that changes nothing may still disturb a port. */
export function changeBlock(block: readonly string[], settings: readonly BlockSetting[]): BlockChange {
  const change: BlockChange = { lines: [], block: [...block] };
  for (const setting of settings) {
    const current = change.block.filter((line) => belongs(line, setting.words));
    const same = setting.same?.(current) ?? sameLines(current, setting.lines);
    if (same) continue;
    change.lines.push(...(setting.lines.length > 0 ? setting.lines : [setting.off]));
    change.block = [...change.block.filter((line) => !belongs(line, setting.words)), ...setting.lines];
  }
  return change;
}

function belongs(line: string, words: string): boolean {
  return line === words || line.startsWith(`${words} `);
}

function sameLines(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
