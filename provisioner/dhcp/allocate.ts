import { formatIpv4, parseIpv4, subnetContains } from './ipv4.ts';
import type { Lease, LeaseStore } from './lease.ts';
import type { Scope } from './scope.ts';

/** How long an offer is held for a client that may choose another server (RFC 2131 §3.1 leaves it to us). */
const OFFER_HOLD_MS = 60_000;

export interface LeaseRequest {
  mac: string;
  hostname: string | null;
  /** The address the backend reserved for this MAC; nothing else is given then. */
  fixed: string | null;
  /** What the client asks for (option 50 or ciaddr). */
  wanted: string | null;
  state: Lease['state'];
  now: number;
}

/** An address for a MAC: the reserved one, the one it had, the one it asks for, else a free one. Null: scope is full. */
export async function allocate(store: LeaseStore, scope: Scope, request: LeaseRequest): Promise<Lease | null> {
  const attempt = async (address: string): Promise<Lease | null> => {
    const lease = makeLease(scope, request, address);
    return (await store.claim(lease, request.now)) ? lease : null;
  };
  if (request.fixed !== null) return isAssignable(scope, request.fixed) ? attempt(request.fixed) : null;

  const previous = await store.find(request.mac, scope.name);
  for (const address of [previous?.address, request.wanted]) {
    if (address == null || !inRange(scope, address)) continue;
    const lease = await attempt(address);
    if (lease) return lease;
  }
  // From a hash of the MAC on, so that the same machine lands on the same address even after the leases were lost.
  const size = scope.lastAddress - scope.firstAddress + 1;
  const start = hash(request.mac) % size;
  const taken = await store.taken(scope.name, request.now);
  for (let step = 0; step < size; step++) {
    const address = formatIpv4(scope.firstAddress + ((start + step) % size));
    if (taken.has(address) || !inRange(scope, address)) continue;
    // Another controller may have taken it since: then the next one.
    const lease = await attempt(address);
    if (lease) return lease;
  }
  return null;
}

/** Claims exactly `request.wanted`: what a REQUEST does. Null when it is not the client's to have. */
export async function confirm(store: LeaseStore, scope: Scope, request: LeaseRequest): Promise<Lease | null> {
  const { wanted, fixed } = request;
  if (wanted === null) return null;
  if (fixed !== null ? wanted !== fixed || !isAssignable(scope, wanted) : !inRange(scope, wanted)) return null;
  const lease = makeLease(scope, request, wanted);
  return (await store.claim(lease, request.now)) ? lease : null;
}

function makeLease(scope: Scope, request: LeaseRequest, address: string): Lease {
  const holdMs = request.state === 'offered' ? OFFER_HOLD_MS : scope.leaseSeconds * 1000;
  const { mac, hostname, state, now } = request;
  return { scope: scope.name, mac, address, state, hostname, expiresAt: now + holdMs };
}

/** A host address of the subnet that is not the server's or the router's. */
function isAssignable(scope: Scope, address: string): boolean {
  const value = parseIpv4(address);
  if (value === null || !subnetContains(scope.bounds, value)) return false;
  if (value === scope.bounds.network || value === scope.bounds.broadcast) return false;
  return address !== scope.serverAddress && address !== scope.router;
}

function inRange(scope: Scope, address: string): boolean {
  const value = parseIpv4(address);
  return value !== null && value >= scope.firstAddress && value <= scope.lastAddress && isAssignable(scope, address);
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
