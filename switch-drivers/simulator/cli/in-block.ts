import { further, type Line } from './line.ts';
import type { Outcome } from './scene.ts';
import { type CommandTable, lookUp } from './words.ts';

/**
 * Looks for a line in the current block, then on the top level, as Cisco-like devices do. `leave`: what leaving the block
 * brings about; whatever a line of the top level did, it left the block.
 */
export function inBlockOrTop(
  line: Line,
  block: CommandTable<Outcome>,
  top: CommandTable<Outcome>,
  leave: () => void = () => {},
): Outcome {
  const inner = lookUp(block, line.words, 'strict');
  if (inner.kind === 'match') return inner.run();
  const outer = lookUp(top, line.words, 'strict');
  if (outer.kind !== 'match') return further(inner, outer);
  leave();
  const outcome = outer.run();
  return outcome.kind === 'done' ? { context: { kind: 'top' }, ...outcome } : outcome;
}
