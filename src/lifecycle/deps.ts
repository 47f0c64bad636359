import type { AgentClient } from '../../provisioner/agent/agent-client.ts';
import type { Bmc } from '../../provisioner/bmc/bmc.ts';
import type { Fabric } from '../fabric/fabric.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import type { Store } from '../store/store.ts';
import type { NodeRow } from './node-record.ts';

export interface LifecycleTimeouts {
  /** Milliseconds a node may wait for its ramdisk to report. */
  inspectWaitMs: number;
  cleanWaitMs: number;
  deployWaitMs: number;
  /** One power transition, from the request until the BMC says so. */
  powerChangeMs: number;
  /** One move of ports, from intent until read back. */
  networkMs: number;
  /** One agent command such as the writing of an image. */
  agentCommandMs: number;
  /** While a command runs: how long the agent may be out of reach. */
  agentSilenceMs: number;
}

export interface PreparedImage {
  /** Where the agent fetches it. */
  url: string;
  sizeBytes: number;
  sha256: string;
}

export interface ImageRequest {
  source: string;
  checksum: string;
  algorithm: 'sha256' | 'sha512';
  diskFormat: 'raw' | 'qcow2';
}

/** What the lifecycle needs of the world; the composition root provides it. */
export interface LifecycleDeps {
  store: Store;
  fabric: Fabric;
  log: Log;
  /** Name of this controller, shown as the node's reservation while it works. */
  conductor: string;
  openBmc(node: Pick<NodeRow, 'uuid' | 'driver' | 'driver_info'>): Bmc;
  /** Fetches, checks and converts an image once; the same call later answers from the cache. */
  prepareImage(request: ImageRequest, baseUrl: string): Promise<PreparedImage>;
  openAgent(node: NodeRow, signal: AbortSignal): AgentClient;
  /** Base URL of the provisioner's HTTP server as seen from a role network, e.g. http://10.77.0.1:8080. */
  httpBase(role: 'inspection' | 'provisioning' | 'cleaning'): string;
  timeouts: LifecycleTimeouts;
  /** What an automated cleaning erases where the node's properties/clean_mode does not say. */
  erase: 'whole-disk' | 'metadata';
  /** Seals the tokens of agents at rest. */
  secrets: Secrets;
  /** Refuse agents that offer plain http. */
  requireAgentTls: boolean;
}
