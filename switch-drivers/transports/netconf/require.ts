import type { CapabilityName } from './capabilities.ts';
import { unsupported } from './errors.ts';
import type { NetconfSession } from './session.ts';

/** RFC 6241 section 8: what a server does not advertise is not asked of it. Throws `switch_unsupported`. */
export function requireCapability(session: NetconfSession, name: CapabilityName, what: string, version?: string): void {
  if (session.capabilities.has(name, version)) return;
  throw unsupported(session.name, what, version === undefined ? `:${name}` : `:${name}:${version}`);
}

export function requireDatastore(session: NetconfSession, name: 'running' | 'candidate' | 'startup'): void {
  if (name !== 'running') requireCapability(session, name, `use a ${name} configuration`);
}
