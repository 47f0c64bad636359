import { z } from 'zod';
import { invalid, notAcceptable, parseAs } from './errors.ts';
import { HARDWARE_TYPES, hardwareType, INTERFACES } from './hardware.ts';
import { NODE_FIELDS } from './node-fields.ts';
import { refuseUnsupported } from './resource.ts';
import { booleanLike, jsonObject, resourceName, text255, uuid } from './values.ts';

const interfaceMembers = Object.fromEntries(
  INTERFACES.map((name) => [`${name}_interface`, text255.nullish()]),
) as Record<`${(typeof INTERFACES)[number]}_interface`, z.ZodOptional<z.ZodNullable<z.ZodString>>>;

/** Members without anything behind them here: only their empty value is taken. */
const UNSUPPORTED = {
  chassis_uuid: z.unknown().optional(),
  network_data: z.unknown().optional(),
  shard: z.unknown().optional(),
  parent_node: z.unknown().optional(),
  disable_power_off: z.unknown().optional(),
  instance_name: z.unknown().optional(),
};

/** What a client may set on a node. */
export const nodeMembers = z.strictObject({
  driver: text255,
  name: resourceName.nullish(),
  driver_info: jsonObject.nullish(),
  properties: jsonObject.nullish(),
  instance_info: jsonObject.nullish(),
  extra: jsonObject.nullish(),
  instance_uuid: uuid.nullish(),
  resource_class: z.string().max(80).nullish(),
  owner: text255.nullish(),
  lessee: text255.nullish(),
  description: z.string().max(4096).nullish(),
  conductor_group: z
    .string()
    .max(255)
    .regex(/^[a-zA-Z0-9_.-]*$/, 'may hold letters, digits and _.- only')
    .nullish(),
  automated_clean: booleanLike.nullish(),
  protected: booleanLike.nullish(),
  protected_reason: z.string().nullish(),
  retired: booleanLike.nullish(),
  retired_reason: z.string().nullish(),
  maintenance: booleanLike.nullish(),
  ...interfaceMembers,
  ...UNSUPPORTED,
});

export const nodeCreateBody = nodeMembers.extend({ uuid: uuid.nullish() });
export type NodeMembers = z.output<typeof nodeMembers>;

/** Sent although the version does not know the member: 406. Sent although nothing stands behind it: 400. */
export function checkMembers(members: Record<string, unknown>, minor: number): void {
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    const field = NODE_FIELDS.find((candidate) => candidate.name === name);
    if (field && field.since > minor) throw notAcceptable();
    if (name in UNSUPPORTED && value !== null && value !== false && JSON.stringify(value) !== '{}') {
      refuseUnsupported('node', name);
    }
  }
}

/**
 * The interface members that a client chose. `null` means the driver's default, which is not stored. Errors: the driver
 * does not exist, or does not have the interface.
 */
export function chosenInterfaces(driver: string, members: Record<string, unknown>): Record<string, string> {
  const type = hardwareType(driver);
  if (!type) {
    const known = HARDWARE_TYPES.map((candidate) => candidate.name).join(', ');
    throw invalid(
      'No valid host was found. Reason: No conductor service registered which supports driver ' +
        `${driver} for conductor group "". Known drivers: ${known}.`,
      { driver },
    );
  }
  const chosen: Record<string, string> = {};
  for (const name of INTERFACES) {
    const member = `${name}_interface`;
    const value = members[member];
    if (typeof value !== 'string') continue;
    const enabled: readonly string[] = type.interfaces[name];
    if (!enabled.includes(value)) {
      throw invalid(
        `Could not find the following interface in the '${member}' of driver ${driver}: ${value}. Valid interfaces are ${enabled.join(', ')}.`,
        { driver, interface: value },
      );
    }
    chosen[member] = value;
  }
  return chosen;
}

export const parseNodeMembers = (value: unknown): NodeMembers => parseAs('node', nodeMembers, value);
