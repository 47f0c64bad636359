/** `switchyard/ovsdb`: a client of the Open vSwitch Database Management Protocol (RFC 7047). */
export { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
export { OvsdbClient, type OvsdbOptions } from './client.ts';
export type { OvsdbTls } from './connect.ts';
export type { Json, JsonObject } from './json.ts';
export { JsonStream, type JsonStreamLimits } from './json-stream.ts';
export type { ConditionalMonitorRequest, Monitor, MonitorRequest } from './monitor.ts';
export {
  type Atom,
  atomsOf,
  map,
  type NamedUuid,
  namedUuid,
  type OvsdbMap,
  type OvsdbSet,
  optional,
  pairsOf,
  type Row,
  readBoolean,
  readInteger,
  readMap,
  readOptional,
  readSet,
  readString,
  readUuid,
  set,
  type Uuid,
  uuid,
  type Value,
} from './notation.ts';
export type {
  Abort,
  Assert,
  Comment,
  Commit,
  Condition,
  Delete,
  Insert,
  Mutate,
  Mutation,
  Operation,
  ResultOf,
  ResultsOf,
  Select,
  Update,
  Wait,
} from './operations.ts';
export { parseRemote, type Remote } from './remote.ts';
export type { RowChange } from './replica.ts';
export type { AtomType, ColumnType, DatabaseSchema } from './schema.ts';
