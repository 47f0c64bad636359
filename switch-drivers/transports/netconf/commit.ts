import { requireCapability } from './require.ts';
import type { RpcError } from './rpc-error.ts';
import type { NetconfSession } from './session.ts';
import { element } from './xml/element.ts';
import { NETCONF } from './xml/namespaces.ts';

export interface CommitOptions {
  /**
   * RFC 6241 section 8.4: the device goes back unless a commit follows within this many seconds, and when this session
   * ends, unless `persist` names the commit.
   */
  confirmWithinSeconds?: number;
  /** With `confirmWithinSeconds`: any session that knows this text may confirm or cancel. Needs :confirmed-commit:1.1. */
  persist?: string;
  /** Confirms the commit that was started with this text, from any session. Needs :confirmed-commit:1.1. */
  persistId?: string;
}

/** RFC 6241 section 8.3.4.1. */
export async function commit(session: NetconfSession, options: CommitOptions = {}): Promise<readonly RpcError[]> {
  const { confirmWithinSeconds, persist, persistId } = options;
  requireCapability(session, 'candidate', 'commit');
  const parts = [];
  if (confirmWithinSeconds !== undefined) {
    requireCapability(session, 'confirmed-commit', 'take back a commit by itself');
    parts.push(element(NETCONF, 'confirmed'), element(NETCONF, 'confirm-timeout', confirmWithinSeconds));
  }
  if (persist !== undefined) parts.push(named(session, 'persist', persist));
  if (persistId !== undefined) parts.push(named(session, 'persist-id', persistId));
  return (await session.rpc(element(NETCONF, 'commit', parts))).warnings;
}

/** RFC 6241 section 8.4.4.1: takes back a commit that was not confirmed yet; only :confirmed-commit:1.1 has it. */
export async function cancelCommit(session: NetconfSession, persistId?: string): Promise<void> {
  requireCapability(session, 'confirmed-commit', 'cancel a commit', '1.1');
  const parts = persistId === undefined ? [] : [named(session, 'persist-id', persistId)];
  await session.rpc(element(NETCONF, 'cancel-commit', parts));
}

/** RFC 6241 section 8.3.4.2: the candidate becomes what running is. */
export async function discardChanges(session: NetconfSession): Promise<void> {
  requireCapability(session, 'candidate', 'discard changes');
  await session.rpc(element(NETCONF, 'discard-changes'));
}

function named(session: NetconfSession, name: 'persist' | 'persist-id', value: string) {
  requireCapability(session, 'confirmed-commit', 'name a commit', '1.1');
  return element(NETCONF, name, value);
}
