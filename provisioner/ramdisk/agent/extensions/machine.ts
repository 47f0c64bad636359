import type { LldpRaw } from '../../../../topology/lldp/index.ts';
import type { RootDeviceHints } from '../../../inspection/root-device.ts';
import type { AgentNode } from '../conductor-client.ts';
import type { Hardware } from '../hardware.ts';
import type { HttpClient } from '../http-client.ts';

/** What the commands work on. */
export interface Machine {
  hardware: Hardware;
  /** What each NIC, by name, heard since the agent started; settled when listening ended. */
  lldp: Promise<Record<string, LldpRaw>>;
  http: HttpClient;
  /** The node as lookup (or poll.set_node_info) gave it. */
  node: AgentNode;
  /** Kernel parameter root_device; the node's own hints come first. */
  rootDeviceHints: RootDeviceHints | null;
  download: { retries: number; retryDelayMs: number };
  log: (line: string) => void;
  /** Ends heartbeats and the command API. */
  shutDown: () => Promise<void>;
}

/** Conductors match steps to these names; a change of the version makes them ask for the steps again. */
export const MANAGER = 'GenericHardwareManager';
export const MANAGER_VERSION = { generic_hardware_manager: '1.2' };
