import {
  type AgentState,
  decideHeartbeat,
  type Heartbeat as HeartbeatBody,
} from '../../provisioner/agent/heartbeat.ts';
import { decideLookupToken, lookupConfig } from '../../provisioner/agent/lookup.ts';
import { generateAgentToken, hashAgentToken } from '../../provisioner/agent/token.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { recordEvent } from '../store/events.ts';
import type { JsonObject } from '../store/schema.ts';
import { SECRET_COLUMNS } from '../store/secrets/columns.ts';
import type { Trx } from '../store/store.ts';
import type { LifecycleDeps } from './deps.ts';
import type { Heartbeat } from './lifecycle.ts';
import { cursorOf, labelOf, lockNode, type NodeRow } from './node-record.ts';
import { RAMDISK_STATES, stateAfterEvent, targetState } from './states.ts';

const HEARTBEAT_SECONDS = 300;

/** GET /v1/lookup: the node that a booted ramdisk runs on, and its token, once a boot. Error: `node_not_found`. */
export async function lookup(
  deps: LifecycleDeps,
  query: { addresses: string[]; nodeUuid?: string },
): Promise<{ nodeUuid: string; config: JsonObject }> {
  return deps.store.db.transaction().execute(async (trx) => {
    const uuid = await nodeFor(trx, query);
    const node = uuid === null ? null : await lockNode(trx, uuid);
    // One answer for "unknown" and "not now": whoever asks is not authenticated.
    if (!node || !RAMDISK_STATES.includes(node.provision_state as never)) {
      throw new FabricError('node_not_found', 'Node with the given addresses could not be found.');
    }
    const issued = typeof node.driver_internal_info.agent_token_hash === 'string';
    const { token, store } = decideLookupToken(issued, generateAgentToken());
    if (store) {
      const internal = {
        ...node.driver_internal_info,
        agent_token_hash: hashAgentToken(token),
        agent_secret_token: token,
      };
      const sealed = deps.secrets.seal(SECRET_COLUMNS.driverInternalInfo, node.uuid, internal);
      await trx
        .updateTable('node')
        .set({ driver_internal_info: JSON.stringify(sealed), updated_at: new Date() })
        .where('uuid', '=', node.uuid)
        .execute();
    }
    const config = lookupConfig({ token, heartbeatSeconds: HEARTBEAT_SECONDS });
    return { nodeUuid: node.uuid, config: { ...config } };
  });
}

async function nodeFor(trx: Trx, query: { addresses: string[]; nodeUuid?: string }): Promise<string | null> {
  const owners =
    query.addresses.length === 0
      ? []
      : await trx.selectFrom('port').select('node_uuid').distinct().where('address', 'in', query.addresses).execute();
  const byAddress = owners.length === 1 ? (owners[0]?.node_uuid ?? null) : null;
  // Both given must mean the same machine.
  if (query.nodeUuid !== undefined && byAddress !== null && byAddress !== query.nodeUuid) return null;
  if (owners.length > 1) return null;
  return query.nodeUuid ?? byAddress;
}

/**
 * POST /v1/heartbeat: remembers where the agent listens, and wakes a node that waits for it.
 * Errors: `agent_heartbeat_refused` (400), `node_not_found`.
 */
export async function heartbeat(deps: LifecycleDeps, uuid: string, beat: Heartbeat): Promise<void> {
  await deps.store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, uuid);
    const internal = node.driver_internal_info;
    const known: AgentState = {
      tokenHash: text(internal.agent_token_hash),
      url: text(internal.agent_url),
      verifyCa: text(internal.agent_verify_ca),
    };
    const body: HeartbeatBody = {
      callback_url: beat.callbackUrl,
      agent_token: beat.agentToken,
      agent_version: beat.agentVersion,
      agent_verify_ca: beat.agentVerifyCa,
    };
    const decision = decideHeartbeat(known, body, { requireTls: deps.requireAgentTls });
    if (!decision.accept)
      throw new FabricError('agent_heartbeat_refused', decision.reason, { context: { node: uuid } });
    const updated = {
      ...internal,
      agent_url: decision.agent.url,
      agent_verify_ca: decision.agent.verifyCa,
      agent_version: decision.agent.version,
      agent_last_heartbeat: new Date().toISOString(),
    };
    const wakes = node.provision_state === 'clean wait' || node.provision_state === 'wait call-back';
    await trx
      .updateTable('node')
      .set({ driver_internal_info: JSON.stringify(updated), updated_at: new Date() })
      .where('uuid', '=', uuid)
      .execute();
    if (wakes) await resume(deps, trx, node, {}, `the ramdisk called back from ${decision.agent.url}`);
    else await deps.store.enqueue(trx, { kind: 'node', id: uuid });
  });
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** From a wait state back to work at the step the cursor names. The caller holds the row's lock. */
export async function resume(
  deps: LifecycleDeps,
  trx: Trx,
  node: NodeRow,
  columns: Record<string, unknown>,
  why: string,
): Promise<void> {
  const state = stateAfterEvent(node.provision_state, 'resume');
  if (state === null) return;
  const before = cursorOf(node);
  const seconds = (Date.now() - Date.parse(before.since)) / 1000;
  const cursor = { ...before, since: new Date().toISOString(), deadline: null };
  await trx
    .updateTable('node')
    .set({
      ...columns,
      provision_state: state,
      target_provision_state: targetState(state, node.target_provision_state),
      provision_updated_at: new Date(),
      cursor: JSON.stringify(cursor),
    })
    .where('uuid', '=', node.uuid)
    .execute();
  await recordEvent(trx, {
    kind: 'node.step',
    nodeUuid: node.uuid,
    message: `${labelOf(node)}: boot the ramdisk (${seconds.toFixed(1)} s)`,
    data: { step: 'ramdisk', seconds },
  });
  await recordEvent(trx, {
    kind: 'node.state',
    nodeUuid: node.uuid,
    message: `${labelOf(node)}: ${node.provision_state} → ${state}: ${why}`,
    data: { from: node.provision_state, to: state },
  });
  await deps.store.enqueue(trx, { kind: 'node', id: node.uuid });
  await deps.store.notify(trx, 'switchyard_node', node.uuid);
}
