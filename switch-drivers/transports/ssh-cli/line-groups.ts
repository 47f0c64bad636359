import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortSettings } from '../../../topology/plan/model.ts';
import { sameSettings, settingsOf, vlansOf } from '../../../topology/plan/settings.ts';
import type { ChangeContext } from './changer.ts';
import { type CliLine, safeName } from './guard.ts';
import type { LineGroup, OrderedLines, PortBefore } from './platform.ts';
import { EVERY_VLAN } from './settings.ts';

/** The lines of changes, and what they make of the ports. Throws where a port is not ours or cannot be as is wanted. */
export function planLines(
  order: OrderedLines,
  context: ChangeContext,
  changes: readonly Change[],
): { groups: LineGroup[]; now: Map<string, PortBefore> } {
  const now = new Map<string, PortBefore>();
  const groups = changes.flatMap((change): LineGroup[] => {
    if (change.op === 'vlan-create') {
      const lines = order.vlanCreate(change.vlan, safeName(change.name));
      return lines.length === 0 ? [] : [{ open: null, lines }];
    }
    const { portId, settings } = change;
    const read = { state: context.writable(portId), block: context.block(portId) };
    const before = now.get(portId) ?? read;
    const set = order.portSet(before, settings);
    now.set(portId, { state: { ...before.state, ...settings }, block: set.block });
    return set.groups;
  });
  return { groups, now };
}

export function textOf(groups: readonly LineGroup[]): string[] {
  return groups.flatMap(({ open, lines }) => [...(open === null ? [] : [open]), ...lines]);
}

/** Sends the lines; the device is left in the block of the last. */
export async function sendGroups(
  order: OrderedLines,
  context: ChangeContext,
  groups: readonly LineGroup[],
): Promise<void> {
  const { cli } = context;
  for (const { open, lines } of groups) {
    // From the top each time: a line that opens a block and has no effect must not leave us in another port's block.
    await cli.toMode(order.mode);
    if (open !== null) await enterBlock(order, context, open);
    for (const text of lines) await cli.run(text);
  }
}

async function enterBlock(order: OrderedLines, { cli, name }: ChangeContext, open: CliLine): Promise<void> {
  await cli.run(open);
  if (cli.mode !== order.mode) return;
  throw new FabricError('switch_rejected', `switch ${name} did not open the block of "${open}"`, {
    context: { switch: name, line: open, device: '' },
  });
}

/** What the ports of the changes are now. */
export function settingsBefore(context: ChangeContext, changes: readonly Change[]): Map<string, PortSettings> {
  const before = new Map<string, PortSettings>();
  for (const change of changes) {
    if (change.op === 'port-set') before.set(change.portId, settingsOf(context.writable(change.portId)));
  }
  return before;
}

/**
 * What a port is brought back to. One that had every VLAN, or may have negotiated them, stays down: a change that failed
 * must not fix a server's port as a trunk of all.
 */
export function restorable(settings: PortSettings): PortSettings {
  return vlansOf(settings).length < EVERY_VLAN.length ? settings : { ...settings, adminUp: false };
}

/** The ports that are not as they were, with the settings they had. */
export async function differing(
  context: ChangeContext,
  before: ReadonlyMap<string, PortSettings>,
): Promise<Map<string, PortSettings>> {
  const { ports } = await context.readPorts();
  const now = new Map(ports.map((port) => [port.portId, port]));
  return new Map(
    [...before].filter(([portId, settings]) => {
      const port = now.get(portId);
      return !port || Boolean(port.foreign) || !sameSettings(port, settings);
    }),
  );
}
