import type { JsonObject } from '../store/schema.ts';

export interface ProvisionRequest {
  /** API target: manage, provide, inspect, active|deploy, rebuild, deleted|undeploy, clean, abort ... */
  target: string;
  configdrive?: string | JsonObject | null;
  cleanSteps?: JsonObject[] | null;
  by: string;
}

/**
 * A node's life: Ironic's verbs. Each call checks, writes state + job in one transaction and returns; the work is done
 * by the node's worker. Errors: `node_not_found` 404, `node_locked` 409, `node_in_maintenance` 400,
 * `provision_state_invalid` 400, `node_protected` 403, `driver_info_invalid` 400, `instance_info_invalid` 400.
 */
export interface Lifecycle {
  provision(nodeUuid: string, request: ProvisionRequest): Promise<void>;
  /** target: power on | power off | rebooting | soft rebooting | soft power off */
  power(nodeUuid: string, target: string, options: { timeoutSeconds?: number; by: string }): Promise<void>;
  getBootDevice(nodeUuid: string): Promise<{ boot_device: string | null; persistent: boolean | null }>;
  setBootDevice(nodeUuid: string, device: string, persistent: boolean): Promise<void>;
  supportedBootDevices(nodeUuid: string): Promise<string[]>;
  /** One entry an interface: {result: true} | {result: false, reason}. */
  validate(nodeUuid: string): Promise<Record<string, { result: boolean | null; reason?: string }>>;
  /** Bind a VIF (a tenant network) to a free NIC; waits for the switch when the node is active. */
  attachVif(nodeUuid: string, vif: { id: string; port_uuid?: string; network_id?: string; by: string }): Promise<void>;
  detachVif(nodeUuid: string, vifId: string, by: string): Promise<void>;
  /** Agent side; shapes of the ironic-python-agent contract. */
  lookup(query: { addresses: string[]; nodeUuid?: string }): Promise<{ nodeUuid: string; config: JsonObject }>;
  heartbeat(nodeUuid: string, beat: Heartbeat): Promise<void>;
  /** Body of POST /v1/continue_inspection; returns the node found. */
  continueInspection(body: unknown, query: { nodeUuid?: string }): Promise<{ nodeUuid: string }>;
}

export interface Heartbeat {
  callbackUrl: string;
  agentToken?: string;
  agentVersion?: string;
  agentVerifyCa?: string | null;
  agentStatus?: string | null;
  agentStatusMessage?: string | null;
}
