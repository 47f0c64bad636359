import type { FabricError } from '../../topology/error/fabric-error.ts';

/** FabricError code -> HTTP status, where neither the suffix rule below nor 400/500 is right. */
const STATUS: Readonly<Record<string, number>> = {
  version_not_acceptable: 406,
  node_locked: 409,
  node_in_transition: 409,
  node_associated: 409,
  node_protected: 403,
  node_in_maintenance: 400,
  provision_state_invalid: 400,
  state_conflict: 409,
  port_conflict: 409,
  vif_already_attached: 409,
  vif_not_attached: 400,
  no_free_port: 400,
  agent_token_invalid: 400,
  agent_version_missing: 400,
  link_contradicted: 409,
  network_not_shared: 403,
  network_role_missing: 409,
  network_unsupported: 400,
  node_not_cleaned: 409,
  network_not_found: 400,
  interface_unsupported: 400,
  secret_damaged: 409,
  secret_key_missing: 503,
  secret_key_wrong: 503,
};

/** The one rule from an error's code to a status; FabricErrors that are not listed are the caller's fault by suffix. */
export function statusOf(error: FabricError): number {
  const listed = STATUS[error.code];
  if (listed !== undefined) return listed;
  if (error.code.endsWith('_not_found')) return 404;
  if (/_(conflict|exists|busy|locked|in_use)$/.test(error.code)) return 409;
  if (/_(invalid|missing|unsupported|unknown|refused)$/.test(error.code)) return 400;
  return error.retryable ? 503 : 500;
}
