/** Token, address and certificate of an agent end with the boot they belong to. */
export function withoutAgent(internal: Record<string, unknown>): Record<string, unknown> {
  const kept = { ...internal };
  for (const key of [
    'agent_url',
    'agent_version',
    'agent_last_heartbeat',
    'agent_verify_ca',
    'agent_token_hash',
    'agent_secret_token',
  ]) {
    delete kept[key];
  }
  return kept;
}
