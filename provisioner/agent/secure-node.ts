import { isSecretName } from '../../topology/secrets/secret-name.ts';
import { maskedToken } from './lookup.ts';

/** A copy of a node without secrets in driver_info and driver_internal_info: the agent runs on hardware a tenant had. */
export function secureNode(node: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...node };
  for (const field of ['driver_info', 'driver_internal_info']) {
    const value = node[field];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      copy[field] = masked(value as Record<string, unknown>);
  }
  return copy;
}

function masked(info: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(info).map(([key, value]) => [key, isSecretName(key) ? maskedToken : value]));
}
