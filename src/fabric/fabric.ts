import type { Placement } from '../../topology/networks/network.ts';
import type { OperationLeg } from '../store/schema.ts';
import type { Db, Trx } from '../store/store.ts';

export interface Operation {
  id: string;
  kind: string;
  state: 'pending' | 'running' | 'succeeded' | 'failed';
  requestedBy: string;
  reason: string;
  nodeUuid: string | null;
  legs: OperationLeg[];
  error: { code: string; message: string; retryable: boolean } | null;
  createdAt: string;
  finishedAt: string | null;
}

export interface ChangeRequest {
  /** Who asked: an API user, `lifecycle`, `operator`. */
  by: string;
  /** In words, for audit: `deploy`, `vif attach`. */
  reason: string;
}

/**
 * Intents to switches (design §4). The calls that take a transaction only write: placement, new intents, the operation
 * and a job for each switch, all or nothing with the caller's own changes. Whoever wants the effect waits for the operation.
 */
export interface Fabric {
  /**
   * Lay the node's NICs on a role network or on its VIFs. Unmapped NICs have no switch port and are left out. Errors:
   * `network_role_missing`, `link_contradicted` (rule 7, tenant only), `network_not_shared` (rule 6), `node_not_cleaned`
   * (rule 5), `network_unsupported`.
   */
  place(trx: Trx, nodeUuid: string, placement: Placement, request: ChangeRequest): Promise<Operation>;
  /** Recompute the intents of all managed ports of a switch (after its registration or a change of policy or mapping). */
  settle(trx: Trx, switchId: string, request: ChangeRequest): Promise<Operation>;
  operation(db: Db, id: string): Promise<Operation | null>;
  /** Resolves with the operation when it has ended, or as it is after `timeoutMs`. Rejects once `signal` is aborted. */
  waitOperation(id: string, timeoutMs: number, signal?: AbortSignal): Promise<Operation>;
  /**
   * Record link evidence for NICs of a node and renew their mapping. A NIC whose fresh LLDP disagrees with a mapping it
   * already has is marked contradicted and keeps the mapping unless `remap` is set (an inspection was asked for, the node is
   * in nobody's use). Returns what happened per NIC.
   */
  learnLinks(trx: Trx, nodeUuid: string, heard: HeardLink[], options: { remap: boolean }): Promise<LinkOutcome[]>;
}

/** One LLDPDU that a server's NIC received: raw TLVs as [type, hex of value]. */
export interface HeardLink {
  address: string;
  tlvs: Array<[number, string]>;
}

export interface LinkOutcome {
  address: string;
  result: 'mapped' | 'unchanged' | 'contradicted' | 'unknown-switch' | 'unknown-port' | 'unreadable';
  switchName: string | null;
  portId: string | null;
  message: string;
}
