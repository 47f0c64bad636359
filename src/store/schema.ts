import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { SwitchDescription } from '../../switch-drivers/contract/driver.ts';
import type { NetworkRole, NetworkType, Placement } from '../../topology/networks/network.ts';
import type { IntentOwner, PortSettings, PortState } from '../../topology/plan/model.ts';

/** Tables of migrations/, one interface a table. Insert jsonb as JSON text (`JSON.stringify`); it is read as an object. */
export interface Database {
  conductor: ConductorTable;
  worker_pool: WorkerPoolTable;
  network: NetworkTable;
  switch: SwitchTable;
  switch_port: SwitchPortTable;
  node: NodeTable;
  portgroup: PortgroupTable;
  port: PortTable;
  vif: VifTable;
  link_evidence: LinkEvidenceTable;
  operation: OperationTable;
  event: EventTable;
  dhcp_lease: DhcpLeaseTable;
  dhcp_aside: DhcpAsideTable;
  secret_key: SecretKeyTable;
}

export type JsonObject = Record<string, unknown>;
type CreatedAt = ColumnType<Date, Date | undefined, never>;
type Time = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** jsonb with a default: may be left out of an insert. */
type Json<T extends object | null> = JSONColumnType<T, string | undefined, string>;
type NullableJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;

interface WorkerPoolTable {
  id: string;
  conductor: string;
  heartbeat_at: Generated<Date>;
}

interface ConductorTable {
  hostname: string;
  started_at: Generated<Date>;
  heartbeat_at: Generated<Date>;
}

export interface NetworkSubnet {
  cidr: string;
  gateway?: string | null;
  dns?: string[];
}

interface NetworkTable {
  id: string;
  name: string;
  role: NetworkRole | null;
  project_id: string | null;
  shared: Generated<boolean>;
  network_type: NetworkType;
  physical_network: string | null;
  segmentation_id: number | null;
  subnet: NullableJson<NetworkSubnet>;
  created_at: CreatedAt;
  updated_at: Time;
}

interface SwitchTable {
  id: string;
  name: string;
  platform: string;
  options: Json<JsonObject>;
  secrets: Json<JsonObject>;
  managed_ports: string[];
  managed_vlans: string;
  rest_policy: Generated<'inspection' | 'idle'>;
  physical_network: string | null;
  state: Generated<'new' | 'ok' | 'failed'>;
  last_error: string | null;
  description: NullableJson<SwitchDescription>;
  observed_at: Time;
  persist_due_at: Time;
  created_at: CreatedAt;
  updated_at: Time;
}

interface SwitchPortTable {
  switch_id: string;
  port_id: string;
  position: number;
  aliases: Generated<string[]>;
  managed: boolean;
  observed: NullableJson<PortState>;
  observed_at: Time;
  intent: NullableJson<PortSettings>;
  owner: NullableJson<IntentOwner>;
  /** bigint: node-postgres gives a string. */
  generation: Generated<string>;
  applied_generation: Generated<string>;
  applied_owner: NullableJson<IntentOwner>;
  state: Generated<'unmanaged' | 'pending' | 'applied' | 'failed'>;
  last_error: string | null;
}

interface NodeTable {
  uuid: string;
  name: string | null;
  driver: string;
  driver_info: Json<JsonObject>;
  driver_internal_info: Json<JsonObject>;
  properties: Json<JsonObject>;
  instance_info: Json<JsonObject>;
  instance_uuid: string | null;
  extra: Json<JsonObject>;
  resource_class: string | null;
  owner: string | null;
  lessee: string | null;
  description: string | null;
  conductor_group: Generated<string>;
  automated_clean: boolean | null;
  protected: Generated<boolean>;
  protected_reason: string | null;
  retired: Generated<boolean>;
  retired_reason: string | null;
  interfaces: Json<Record<string, string>>;
  provision_state: Generated<string>;
  target_provision_state: string | null;
  provision_updated_at: Time;
  power_state: string | null;
  target_power_state: string | null;
  last_error: string | null;
  maintenance: Generated<boolean>;
  maintenance_reason: string | null;
  fault: string | null;
  reservation: string | null;
  clean_step: Json<JsonObject>;
  deploy_step: Json<JsonObject>;
  inspection_started_at: Time;
  inspection_finished_at: Time;
  placement: Generated<Placement>;
  cleaned: Generated<boolean>;
  cursor: Json<JsonObject>;
  inventory: NullableJson<JsonObject>;
  plugin_data: NullableJson<JsonObject>;
  created_at: CreatedAt;
  updated_at: Time;
}

interface PortgroupTable {
  uuid: string;
  node_uuid: string;
  name: string | null;
  address: string | null;
  mode: Generated<string>;
  properties: Json<JsonObject>;
  extra: Json<JsonObject>;
  internal_info: Json<JsonObject>;
  standalone_ports_supported: Generated<boolean>;
  physical_network: string | null;
  created_at: CreatedAt;
  updated_at: Time;
}

/** Ironic's shape: which switch port a NIC hangs on. */
export interface LocalLinkConnection {
  switch_id?: string;
  port_id?: string;
  switch_info?: string;
  [key: string]: string | undefined;
}

interface PortTable {
  uuid: string;
  node_uuid: string;
  address: string;
  name: string | null;
  pxe_enabled: Generated<boolean>;
  local_link_connection: Json<LocalLinkConnection>;
  physical_network: string | null;
  portgroup_uuid: string | null;
  is_smartnic: Generated<boolean>;
  extra: Json<JsonObject>;
  internal_info: Json<JsonObject>;
  switch_id: string | null;
  switch_port_id: string | null;
  contradiction: string | null;
  created_at: CreatedAt;
  updated_at: Time;
}

interface VifTable {
  id: string;
  node_uuid: string;
  port_uuid: string;
  network_id: string;
  created_at: CreatedAt;
}

interface LinkEvidenceTable {
  id: Generated<string>;
  source: 'host-lldp' | 'switch-lldp' | 'mac-table' | 'operator';
  address: string;
  chassis_id_subtype: number | null;
  chassis_id: string;
  port_id_subtype: number | null;
  port_id: string;
  system_name: string | null;
  raw: NullableJson<object>;
  seen_at: ColumnType<Date, Date | undefined, never>;
}

/** One switch port's part in an operation. */
export interface OperationLeg {
  switch: string;
  portId: string;
  generation: number;
  from: PortSettings | null;
  /** Whose `from` was; absent in what older controllers wrote. */
  fromOwner?: IntentOwner | null;
  to: PortSettings;
  state: 'pending' | 'applied' | 'rolled-back' | 'quarantined' | 'failed';
  error?: string | null;
  readBack?: PortSettings | null;
  readBackAt?: string | null;
}

interface OperationTable {
  id: string;
  kind: string;
  state: Generated<'pending' | 'running' | 'succeeded' | 'failed'>;
  requested_by: string;
  reason: string;
  node_uuid: string | null;
  legs: Json<OperationLeg[]>;
  placement_from: Placement | null;
  placement_to: Placement | null;
  error: NullableJson<{ code: string; message: string; retryable: boolean }>;
  created_at: CreatedAt;
  finished_at: Time;
}

interface EventTable {
  id: Generated<string>;
  at: Generated<Date>;
  kind: string;
  node_uuid: string | null;
  switch_id: string | null;
  message: string;
  data: Json<JsonObject>;
}

interface DhcpLeaseTable {
  scope: string;
  mac: string;
  address: string;
  state: 'offered' | 'bound';
  hostname: string | null;
  expires_at: Date;
}

interface SecretKeyTable {
  one: Generated<boolean>;
  id: string;
  since: Generated<Date>;
}

interface DhcpAsideTable {
  scope: string;
  address: string;
  until: Date;
}
