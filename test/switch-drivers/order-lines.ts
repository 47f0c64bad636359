import type { OrderedLines } from '../../switch-drivers/transports/ssh-cli/platform.ts';
import type { PortSettings } from '../../topology/plan/model.ts';

export const access = (untagged: number, adminUp = true): PortSettings => ({
  adminUp,
  mode: 'access',
  untagged,
  tagged: [],
});

export const trunk = (untagged: number | null, tagged: number[], adminUp = true): PortSettings => ({
  adminUp,
  mode: 'trunk',
  untagged,
  tagged,
});

/** What is sent to bring a port from one to the other, as the switch gets it. */
export function linesBetween(
  order: OrderedLines,
  portId: string,
  before: PortSettings,
  block: readonly string[],
  settings: PortSettings,
): string[] {
  const state = { ...before, portId, operUp: null, lag: null, description: null };
  const { groups } = order.portSet({ state, block }, settings);
  return groups.flatMap(({ open, lines }) => [...(open === null ? [] : [open]), ...lines]);
}
