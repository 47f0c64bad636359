import type { NodeRow } from './node-record.ts';

/** Token, address and certificate of an agent, and that it reported, end with the boot they belong to. */
export function withoutAgent(internal: Record<string, unknown>): Record<string, unknown> {
  const kept = { ...internal };
  for (const key of [
    'agent_url',
    'agent_version',
    'agent_last_heartbeat',
    'agent_verify_ca',
    'agent_token_hash',
    'agent_secret_token',
    'inspection_reported',
  ]) {
    delete kept[key];
  }
  return kept;
}

/** Has the ramdisk that a node in this state waits for been heard already? */
export function ramdiskHeard(node: Pick<NodeRow, 'provision_state' | 'driver_internal_info'>): boolean {
  const { agent_url: url, inspection_reported: reported } = node.driver_internal_info;
  return node.provision_state === 'inspecting' ? reported === true : typeof url === 'string';
}
