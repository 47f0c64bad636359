import type { Selectable } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { resourceLinks } from './links.ts';
import type { Field } from './resource.ts';
import { isoTime } from './values.ts';

export type PortRow = Selectable<Database['port']>;
export type PortgroupRow = Selectable<Database['portgroup']>;

const portPlain = (since: number, ...names: Array<keyof PortRow & string>): Array<Field<PortRow>> =>
  names.map((name) => ({ name, since, columns: [name], read: (row) => row[name] }));
const portTime = (name: 'created_at' | 'updated_at'): Field<PortRow> => ({
  name,
  since: 1,
  columns: [name],
  read: (row) => isoTime(row[name]),
});
const portAbsent = (since: number, name: string, value: unknown): Field<PortRow> => ({
  name,
  since,
  columns: [],
  read: () => value,
});

export const PORT_FIELDS: ReadonlyArray<Field<PortRow>> = [
  ...portPlain(1, 'uuid', 'address', 'node_uuid', 'extra'),
  portTime('created_at'),
  portTime('updated_at'),
  ...portPlain(18, 'internal_info'),
  ...portPlain(19, 'local_link_connection', 'pxe_enabled'),
  ...portPlain(24, 'portgroup_uuid'),
  ...portPlain(34, 'physical_network'),
  ...portPlain(53, 'is_smartnic'),
  ...portPlain(88, 'name'),
  portAbsent(97, 'description', null),
  portAbsent(100, 'vendor', null),
  portAbsent(101, 'category', null),
  { name: 'links', since: 1, columns: ['uuid'], read: (row, { base }) => resourceLinks(base, 'ports', row.uuid) },
];
export const PORT_DEFAULT_FIELDS = ['uuid', 'address'];

const groupPlain = (since: number, ...names: Array<keyof PortgroupRow & string>): Array<Field<PortgroupRow>> =>
  names.map((name) => ({ name, since, columns: [name], read: (row) => row[name] }));

export const PORTGROUP_FIELDS: ReadonlyArray<Field<PortgroupRow>> = [
  ...groupPlain(23, 'uuid', 'name', 'address', 'node_uuid', 'extra', 'internal_info', 'standalone_ports_supported'),
  { name: 'created_at', since: 23, columns: ['created_at'], read: (row) => isoTime(row.created_at) },
  { name: 'updated_at', since: 23, columns: ['updated_at'], read: (row) => isoTime(row.updated_at) },
  ...groupPlain(26, 'mode', 'properties'),
  ...groupPlain(102, 'physical_network'),
  { name: 'category', since: 103, columns: [], read: () => null },
  { name: 'links', since: 23, columns: ['uuid'], read: (row, { base }) => resourceLinks(base, 'portgroups', row.uuid) },
  {
    name: 'ports',
    since: 24,
    columns: ['uuid'],
    read: (row, { base }) => resourceLinks(base, 'portgroups', row.uuid, 'ports'),
  },
];
export const PORTGROUP_DEFAULT_FIELDS = ['uuid', 'address', 'name'];
