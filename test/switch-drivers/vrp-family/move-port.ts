import type { OrderedLines } from '../../../switch-drivers/transports/ssh-cli/platform.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';

/** What a move sends from a port's block on, what the block is then, and whether the way is a detour. */
export function movePort(
  order: OrderedLines,
  portId: string,
  block: readonly string[],
  now: PortSettings,
  to: PortSettings,
): { lines: string[]; block: readonly string[]; detours: boolean } {
  const before = { state: { portId, operUp: null, lag: null, description: null, foreign: null, ...now }, block };
  const { groups, block: after } = order.portSet(before, to);
  const lines = groups.flatMap(({ open, lines: inBlock }) => [...(open === null ? [] : [open]), ...inBlock]);
  return { lines, block: after, detours: order.detours?.(before, to) ?? false };
}
