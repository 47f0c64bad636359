import { FabricError } from '../../../topology/error/fabric-error.ts';
import { UNSTABLE_STATES } from '../../lifecycle/states.ts';
import type { Client } from '../client/client.ts';
import { eventStream } from '../client/event-stream.ts';
import type { EventOut, NodeSummary } from '../client/wire.ts';

/** Looked at as often, even when no event tells of a change. */
const POLL_MS = 10_000;

export type Verdict = 'done' | 'failed' | null;

export interface FollowOptions {
  /** What a node as it is now means; null: go on. */
  verdict(node: NodeSummary): Verdict;
  /** What is waited for, for messages: "available". */
  goal: string;
  timeoutMs: number | undefined;
  onEvent(event: EventOut): void;
}

export const labelOf = ({ name, uuid }: { name: string | null; uuid: string }): string => name ?? uuid;

export async function nodeSummary(client: Client, ident: string): Promise<NodeSummary> {
  const [node] = await client.all<NodeSummary>('/fabric/v1/nodes', 'nodes', { node: ident });
  if (node) return node;
  throw new FabricError('node_not_found', `There is no node ${ident}; \`switchyard node list\` shows those there are`);
}

/** Follows a node until the verdict is in. Errors: `wait_failed`, `wait_timeout`, the client's. */
export async function followNode(client: Client, ident: string, options: FollowOptions): Promise<NodeSummary> {
  const { uuid } = await nodeSummary(client, ident);
  const ended = new AbortController();
  const result = Promise.withResolvers<NodeSummary>();
  let looks = Promise.resolve();
  let waiting = false;
  // One look at a time; what happens during a look is seen by one more.
  const look = () => {
    if (waiting) return;
    waiting = true;
    looks = looks.then(async () => {
      waiting = false;
      if (ended.signal.aborted) return;
      const node = await nodeSummary(client, uuid);
      const verdict = options.verdict(node);
      if (verdict === 'done') result.resolve(node);
      if (verdict === 'failed') result.reject(failed(node, options.goal));
    });
    looks.catch(result.reject);
  };
  const timer = options.timeoutMs === undefined ? null : setTimeout(() => void late(), options.timeoutMs);
  const late = async () => {
    const node = await nodeSummary(client, uuid).catch(() => null);
    result.reject(timedOut(ident, node, options));
  };
  const poll = setInterval(look, POLL_MS);
  const reading = (async () => {
    for await (const event of eventStream(client, { node: uuid }, ended.signal, look)) {
      options.onEvent(event);
      look();
    }
  })();
  reading.catch(result.reject);
  try {
    return await result.promise;
  } finally {
    ended.abort();
    clearInterval(poll);
    if (timer) clearTimeout(timer);
    await Promise.allSettled([reading, looks]);
  }
}

const isBusy = (state: string): boolean => (UNSTABLE_STATES as readonly string[]).includes(state);
const isFailed = (state: string): boolean => state === 'error' || state.endsWith(' failed');

/** For a wish that somebody else makes: done in `goal`, failed in a failed state. */
export const untilState =
  (goal: string) =>
  ({ provision_state, last_error }: NodeSummary): Verdict => {
    if (provision_state === goal) return 'done';
    // A failed verification leaves a node in enroll, where it also begins.
    const failed = isFailed(provision_state) || (provision_state === 'enroll' && last_error !== null);
    return failed ? 'failed' : null;
  };

/** For a wish of one's own, already taken up: over when the node is no longer busy. */
export const untilSettled =
  (goal: string | null) =>
  ({ provision_state }: NodeSummary): Verdict => {
    if (isBusy(provision_state)) return null;
    return goal === null || provision_state === goal ? 'done' : 'failed';
  };

function failed(node: NodeSummary, goal: string): FabricError {
  const label = labelOf(node);
  return new FabricError(
    'wait_failed',
    `Node ${label} did not become ${goal}: it is in "${node.provision_state}"` +
      `${node.last_error ? `, because: ${node.last_error}` : ''}. \`switchyard event list --node ${label}\` tells how it came there.`,
    { context: { node: node.uuid, provision_state: node.provision_state, last_error: node.last_error } },
  );
}

function timedOut(ident: string, node: NodeSummary | null, { goal, timeoutMs }: FollowOptions): FabricError {
  const now = node ? ` It is in "${node.provision_state}" and goes on.` : '';
  return new FabricError(
    'wait_timeout',
    `Node ${ident} did not become ${goal} within ${(timeoutMs ?? 0) / 1000} s.${now} Wait longer with --timeout, or see \`switchyard node watch ${ident}\`.`,
    { retryable: true, context: { node: node?.uuid ?? ident, provision_state: node?.provision_state ?? null } },
  );
}
