import type { Updateable } from 'kysely';
import type { Database, JsonObject } from '../../store/schema.ts';
import { invalid } from './errors.ts';
import { INTERFACES, interfaceOf } from './hardware.ts';
import { applyPatch, changedMembers, type PatchOperation, pointerTokens } from './json-patch.ts';
import { NODE_FIELDS } from './node-fields.ts';
import { checkMembers, chosenInterfaces, nodeMembers, parseNodeMembers } from './node-input.ts';
import type { ApiNode } from './node-lookup.ts';
import { assertMembersChangeable } from './node-rules.ts';
import { unmask } from './secrets.ts';

export type NodeUpdate = Updateable<Database['node']>;

const JSON_MEMBERS = ['driver_info', 'properties', 'instance_info', 'extra'] as const;
const DEFAULTS: Readonly<Record<string, unknown>> = {
  conductor_group: '',
  protected: false,
  retired: false,
  maintenance: false,
};
const NEVER_REMOVED = new Set(['driver']);
/** Members without a column of their own, shown empty. */
const EMPTY: Readonly<Record<string, unknown>> = { network_data: {}, disable_power_off: false };

/** The members of a node that a patch may touch, with their present values. */
function documentOf(node: ApiNode): Record<string, unknown> {
  const interfaces = Object.fromEntries(
    INTERFACES.map((name) => [`${name}_interface`, interfaceOf(node.driver, name, node.interfaces)]),
  );
  const members = Object.keys(nodeMembers.shape).map((name) => [
    name,
    node[name as keyof ApiNode] ?? EMPTY[name] ?? null,
  ]);
  return { ...Object.fromEntries(members), ...interfaces };
}

export interface NodeChange {
  update: NodeUpdate;
  changed: string[];
}

/** What a JSON patch makes of a node. Errors: `patch_invalid`, `request_invalid`, `state_conflict`, 406 for newer members. */
export function patchNode(
  node: ApiNode,
  patch: readonly PatchOperation[],
  options: { minor: number; resetInterfaces: boolean; sealed: (driverInfo: JsonObject) => string },
): NodeChange {
  const before = documentOf(node);
  for (const operation of patch) refusePath(operation, before, options.minor);
  const after = applyPatch(before, patch);
  const changed = changedMembers(before, after);
  const members = parseNodeMembers(after) as Record<string, unknown>;
  assertMembersChangeable(node, changed, members);
  const update: NodeUpdate = {};
  for (const name of changed) {
    if (name.endsWith('_interface')) continue;
    const value = members[name] ?? DEFAULTS[name] ?? null;
    if ((JSON_MEMBERS as readonly string[]).includes(name)) {
      const stored = node[name as (typeof JSON_MEMBERS)[number]];
      const merged = unmask((value ?? {}) as Record<string, unknown>, stored);
      update[name as (typeof JSON_MEMBERS)[number]] =
        name === 'driver_info' ? options.sealed(merged) : JSON.stringify(merged);
    } else {
      Object.assign(update, { [name]: value });
    }
  }
  if (changed.includes('maintenance') && members.maintenance !== true) {
    Object.assign(update, { maintenance_reason: null, fault: null });
  }
  if (changed.some((name) => name === 'driver' || name.endsWith('_interface'))) {
    update.interfaces = JSON.stringify(interfacesAfter(node, members, changed, options.resetInterfaces));
  }
  return { update, changed };
}

function refusePath(operation: PatchOperation, document: Record<string, unknown>, minor: number): void {
  const [member] = pointerTokens(operation.path);
  if (member === undefined) return;
  if (!Object.hasOwn(document, member) && NODE_FIELDS.some((field) => field.name === member)) {
    throw invalid(`'${operation.path}' is an internal attribute and can not be updated`, { path: operation.path });
  }
  if (operation.op === 'remove' && NEVER_REMOVED.has(operation.path.slice(1))) {
    throw invalid(`'${operation.path}' is a mandatory attribute and can not be removed`, { path: operation.path });
  }
  checkMembers({ [member]: operation.op === 'remove' ? null : operation.value }, minor);
}

function interfacesAfter(
  node: ApiNode,
  members: Record<string, unknown>,
  changed: readonly string[],
  reset: boolean,
): Record<string, string> {
  const kept = reset ? {} : node.interfaces;
  const patched = changed.filter((name) => name.endsWith('_interface')).map((name) => [name, members[name] ?? null]);
  return chosenInterfaces(members.driver as string, { ...kept, ...Object.fromEntries(patched) });
}
