import { FabricError } from '../../topology/error/fabric-error.ts';
import { recordEvent } from '../store/events.ts';
import type { JsonObject } from '../store/schema.ts';
import { withoutAgent } from './agent-record.ts';
import { checkConfigDriveForm } from './config-drive.ts';
import type { LifecycleDeps } from './deps.ts';
import { firstStep } from './flows.ts';
import { deployImageOf } from './instance.ts';
import type { ProvisionRequest } from './lifecycle.ts';
import { labelOf, lockNode, type NodeRow, type NodeUpdate, newCursor } from './node-record.ts';
import { type ProvisionState, stateAfterVerb, targetState, type Verb, verbOf, verbsFrom } from './states.ts';

/**
 * Starts a verb: checks in Ironic's order, then new state, cursor and job in one transaction.
 * Errors: see Lifecycle.provision.
 */
export async function startVerb(deps: LifecycleDeps, uuid: string, request: ProvisionRequest): Promise<void> {
  const verb = verbOf(request.target);
  await deps.store.db.transaction().execute(async (trx) => {
    const node = await lockNode(trx, uuid);
    if (node.maintenance && (verb === 'deploy' || verb === 'rebuild')) {
      throw new FabricError(
        'node_in_maintenance',
        `The ${request.target} command can not be performed on node ${labelOf(node)} because it's in maintenance mode.`,
        { context: { node: uuid } },
      );
    }
    const state = verb === null ? null : stateAfterVerb(node.provision_state, verb);
    if (verb === null || state === null) throw notAllowed(node, request.target);
    if (node.target_power_state !== null) {
      throw new FabricError('node_locked', `Node ${labelOf(node)} is locked: its power is being changed. Try again.`, {
        retryable: true,
      });
    }
    const update = { ...prepare(deps, node, verb, request), ...entered(node, verb, state, request) };
    await trx
      .updateTable('node')
      .set({ ...update, updated_at: new Date() })
      .where('uuid', '=', uuid)
      .execute();
    await recordEvent(trx, {
      kind: 'node.state',
      nodeUuid: uuid,
      message: `${labelOf(node)}: ${node.provision_state} → ${state} (${request.target}, asked for by ${request.by})`,
      data: { from: node.provision_state, to: state, verb, by: request.by },
    });
    await deps.store.enqueue(trx, { kind: 'node', id: uuid });
    await deps.store.notify(trx, 'switchyard_node', uuid);
  });
}

function notAllowed(node: NodeRow, target: string): FabricError {
  const allowed = verbsFrom(node.provision_state);
  return new FabricError(
    'provision_state_invalid',
    `The requested action "${target}" can not be performed on node "${node.uuid}" while it is in state ` +
      `"${node.provision_state}".${allowed.length > 0 ? ` Possible here: ${allowed.join(', ')}.` : ''}`,
    { context: { node: node.uuid, state: node.provision_state } },
  );
}

/** Checks a verb's own arguments and gives what it changes besides the state. */
function prepare(deps: LifecycleDeps, node: NodeRow, verb: Verb, request: ProvisionRequest): NodeUpdate {
  if (verb === 'abort') return { last_error: `aborted by ${request.by}` };
  if (verb === 'clean' && !validSteps(request.cleanSteps)) {
    throw new FabricError('clean_steps_invalid', 'clean needs clean_steps: a list of {interface, step[, args]}.');
  }
  if (verb === 'delete' || verb === 'rebuild') {
    if (node.protected) {
      throw new FabricError(
        'node_protected',
        `Node ${labelOf(node)} is protected: ${node.protected_reason ?? 'no reason given'}.`,
      );
    }
  }
  // An agent and its token belong to one boot; the next boot gets a new token.
  const update: NodeUpdate = {
    driver_internal_info: JSON.stringify(withoutAgent(node.driver_internal_info)),
    last_error: null,
  };
  if (verb === 'inspect') update.inspection_started_at = new Date();
  if (verb === 'delete') update.cleaned = false;
  if (verb === 'deploy' || verb === 'rebuild') {
    deployImageOf(node);
    // The form of driver_info is checked now, so that a typo is refused rather than found half-way.
    deps.openBmc(node);
    if (request.configdrive !== undefined && request.configdrive !== null) {
      checkConfigDriveForm(request.configdrive);
      update.instance_info = JSON.stringify({ ...node.instance_info, configdrive: request.configdrive });
    }
  }
  if (verb === 'manage' && node.provision_state === 'enroll') deps.openBmc(node);
  return update;
}

function validSteps(steps: JsonObject[] | null | undefined): steps is JsonObject[] {
  return (
    Array.isArray(steps) &&
    steps.length > 0 &&
    steps.every((s) => typeof s.step === 'string' && typeof s.interface === 'string')
  );
}

/** The columns of the state that is entered. */
function entered(node: NodeRow, verb: Verb, state: ProvisionState, request: ProvisionRequest): NodeUpdate {
  const manual = verb === 'clean';
  const data = manual ? { manualSteps: request.cleanSteps } : {};
  // Automated cleaning may be switched off only for a node that no tenant has had since it was last cleaned (rule 5).
  const mayskip =
    verb === 'provide' && node.automated_clean === false && node.driver_internal_info.tenant === undefined;
  const first = mayskip ? 'power-off-after' : firstStep(state);
  return {
    provision_state: state,
    target_provision_state: targetState(state, manual ? 'manageable' : null),
    provision_updated_at: new Date(),
    cursor: JSON.stringify(newCursor(first, data)),
  };
}
