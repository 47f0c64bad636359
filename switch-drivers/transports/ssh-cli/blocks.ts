import type { PortSettings } from '../../../topology/plan/model.ts';
import type { CliLine } from './guard.ts';
import type { BlockSetting, LineGroup, OrderedLines } from './platform.ts';

/** What has to be sent to bring a block to the settings, and what the block is afterwards. */
export interface BlockChange {
  lines: CliLine[];
  block: string[];
}

/**
 * For platforms on which a port has a block of its own: `open` is the line that opens it (opening another block closes it),
 * `settings` what shall stand in it, in an order that is safe line by line.
 */
export function inPortBlock(
  open: (portId: string) => CliLine,
  settings: (wanted: PortSettings, block: readonly string[]) => BlockSetting[],
): OrderedLines['portSet'] {
  return (before, wanted) => {
    const { lines, block } = changeBlock(before.block, settings(wanted, before.block));
    return { groups: lines.length === 0 ? [] : [{ open: open(before.state.portId), lines }], block };
  };
}

/** Groups that move a port, with the port down before them and up behind them: where that changes, or around a detour. */
export function betweenDownAndUp(
  before: Pick<PortSettings, 'adminUp'>,
  wanted: Pick<PortSettings, 'adminUp'>,
  moves: readonly LineGroup[],
  { detour, down, up }: { detour: boolean; down: LineGroup; up: LineGroup },
): LineGroup[] {
  return [
    ...(before.adminUp && (detour || !wanted.adminUp) ? [down] : []),
    ...moves,
    ...(wanted.adminUp && (detour || !before.adminUp) ? [up] : []),
  ];
}

/** Only what differs is sent: a switch pays for every line, and a line that changes nothing may still disturb a port. */
export function changeBlock(block: readonly string[], settings: readonly BlockSetting[]): BlockChange {
  const change: BlockChange = { lines: [], block: [...block] };
  for (const setting of settings) {
    const current = change.block.filter((line) => belongs(line, setting.words));
    const same = setting.same?.(current) ?? sameLines(current, setting.lines);
    if (same) continue;
    change.lines.push(...(setting.steps?.(current) ?? (setting.lines.length > 0 ? setting.lines : [setting.off])));
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
