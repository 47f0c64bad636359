import type { Selectable } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { INTERFACES, interfaceOf } from './hardware.ts';
import { resourceLinks } from './links.ts';
import type { Field, FieldContext } from './resource.ts';
import { maskInstanceInfo, maskSecrets } from './secrets.ts';
import { isoTime } from './values.ts';

export type NodeRow = Selectable<Database['node']>;
type NodeField = Field<NodeRow>;
type Column = keyof NodeRow & string;

const plain = (since: number, ...names: Column[]): NodeField[] =>
  names.map((name) => ({ name, since, columns: [name], read: (row) => row[name] }));
const time = (since: number, ...names: Array<Column & `${string}_at`>): NodeField[] =>
  names.map((name) => ({ name, since, columns: [name], read: (row) => isoTime(row[name] as Date | null) }));
/** Members of features that this service does not have: their empty value. */
const absent = (since: number, name: string, value: unknown): NodeField => ({
  name,
  since,
  columns: [],
  read: () => value,
});
const secret = (since: number, name: Column): NodeField => ({
  name,
  since,
  columns: [name],
  read: (row) => maskSecrets(row[name]),
});
const subLinks = (since: number, name: string): NodeField => ({
  name,
  since,
  columns: ['uuid'],
  read: (row, { base }) => resourceLinks(base, 'nodes', row.uuid, name),
});

/** First minor version of each `<name>_interface` member where it is not 1.31 (dynamic drivers). */
const INTERFACE_SINCE: Readonly<Record<string, number>> = {
  network: 20,
  storage: 33,
  rescue: 38,
  bios: 40,
  firmware: 86,
};

const interfaces: NodeField[] = INTERFACES.map((name) => ({
  name: `${name}_interface`,
  since: INTERFACE_SINCE[name] ?? 31,
  columns: ['driver', 'interfaces'],
  read: (row) => interfaceOf(row.driver, name, row.interfaces),
}));

/** States that older clients do not know are told by the name they had then. */
export function shownState(state: string | null, minor: number): string | null {
  if (state === 'available' && minor < 2) return null;
  if (state === 'inspect wait' && minor < 39) return 'inspecting';
  return state;
}
const state = (name: 'provision_state' | 'target_provision_state'): NodeField => ({
  name,
  since: 1,
  columns: [name],
  read: (row, { minor }) => shownState(row[name], minor),
});

/** Every member of a node with the version that shows it: the one table behind all answers about nodes. */
export const NODE_FIELDS: readonly NodeField[] = [
  ...plain(1, 'uuid'),
  ...time(1, 'created_at', 'updated_at'),
  ...plain(5, 'name'),
  ...plain(1, 'driver', 'extra', 'properties', 'instance_uuid', 'last_error', 'maintenance', 'maintenance_reason'),
  secret(1, 'driver_info'),
  secret(3, 'driver_internal_info'),
  { name: 'instance_info', since: 1, columns: ['instance_info'], read: (row) => maskInstanceInfo(row.instance_info) },
  ...plain(1, 'power_state', 'target_power_state', 'reservation'),
  state('provision_state'),
  state('target_provision_state'),
  ...time(1, 'provision_updated_at'),
  ...time(6, 'inspection_started_at', 'inspection_finished_at'),
  ...plain(7, 'clean_step'),
  absent(1, 'console_enabled', false),
  absent(1, 'chassis_uuid', null),
  absent(12, 'raid_config', {}),
  absent(12, 'target_raid_config', {}),
  ...plain(21, 'resource_class'),
  ...interfaces,
  absent(37, 'traits', []),
  ...plain(42, 'fault'),
  ...plain(44, 'deploy_step'),
  ...plain(46, 'conductor_group'),
  ...plain(47, 'automated_clean'),
  ...plain(48, 'protected', 'protected_reason'),
  { name: 'conductor', since: 49, columns: [], read: (_row, { hostname }) => hostname },
  ...plain(50, 'owner'),
  ...plain(51, 'description'),
  absent(52, 'allocation_uuid', null),
  ...plain(61, 'retired', 'retired_reason'),
  ...plain(65, 'lessee'),
  absent(66, 'network_data', {}),
  absent(75, 'boot_mode', null),
  absent(75, 'secure_boot', null),
  absent(82, 'shard', null),
  absent(83, 'parent_node', null),
  absent(87, 'service_step', {}),
  absent(95, 'disable_power_off', false),
  absent(104, 'instance_name', null),
  absent(109, 'health', null),
  {
    name: 'links',
    since: 1,
    columns: ['uuid'],
    read: (row, { base }) => resourceLinks(base, 'nodes', row.uuid),
  },
  subLinks(1, 'ports'),
  subLinks(14, 'states'),
  subLinks(24, 'portgroups'),
  subLinks(32, 'volume'),
];

export const NODE_DEFAULT_FIELDS = ['uuid', 'instance_uuid', 'maintenance', 'power_state', 'provision_state', 'name'];

export type NodeFieldContext = FieldContext;
