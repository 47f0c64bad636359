import { FabricError } from '../../topology/error/fabric-error.ts';
import type { NetworkRole } from '../../topology/networks/network.ts';
import { NO_ADDRESS } from './constants.ts';
import { formatIpv4, parseIpv4, parseSubnet, type Subnet, subnetContains } from './ipv4.ts';
import type { RelayInfo } from './relay-agent.ts';

/** One subnet served, as configured. */
export interface DhcpScope {
  name: string;
  role: NetworkRole;
  /** CIDR, e.g. `10.77.0.0/24`. */
  subnet: string;
  /** First and last address given out, inclusive. */
  range: { first: string; last: string };
  /** The address clients reach this controller at: server identifier, next-server, TFTP and HTTP host. */
  serverAddress: string;
  /** Where the HTTP boot server answers, without a trailing slash. Default `http://<serverAddress>`. */
  httpBase?: string;
  router?: string;
  dnsServers?: string[];
  leaseSeconds: number;
  /** True: MACs nobody has enrolled are answered too (inspection). */
  open: boolean;
  /** The interface its broadcasts come in on; without one it is served through relays only. */
  interface?: string;
  /** Relays (giaddr) that may ask for it. Without it: any giaddr inside the subnet. */
  relays?: string[];
}

/** A scope with its addresses parsed and checked. */
export interface Scope extends DhcpScope {
  httpBase: string;
  bounds: Subnet;
  firstAddress: number;
  lastAddress: number;
}

/**
 * Checks the configured scopes.
 *
 * @throws FabricError dhcp_scope_invalid naming the scope and the field.
 */
export function compileScopes(scopes: readonly DhcpScope[]): Scope[] {
  const compiled = scopes.map(compileScope);
  for (const [index, scope] of compiled.entries()) {
    for (const other of compiled.slice(0, index)) {
      if (scope.name === other.name) throw invalid(scope, 'name', 'is used twice');
      if (scope.interface !== undefined && scope.interface === other.interface) {
        throw invalid(scope, 'interface', `is already served by scope ${other.name}; use one VLAN interface a scope`);
      }
      if (subnetContains(other.bounds, scope.bounds.network) || subnetContains(scope.bounds, other.bounds.network)) {
        throw invalid(scope, 'subnet', `overlaps that of scope ${other.name}`);
      }
    }
  }
  return compiled;
}

function compileScope(scope: DhcpScope): Scope {
  const bounds = parseSubnet(scope.subnet);
  if (!bounds) throw invalid(scope, 'subnet', 'is not a network like 10.77.0.0/24 (prefix 8..30)');
  const host = (field: string, text: string): number => {
    const address = parseIpv4(text);
    if (address === null || !subnetContains(bounds, address))
      throw invalid(scope, field, `${text} is not in ${scope.subnet}`);
    if (address === bounds.network || address === bounds.broadcast) {
      throw invalid(scope, field, `${text} is the network or broadcast address of ${scope.subnet}`);
    }
    return address;
  };
  const firstAddress = host('range.first', scope.range.first);
  const lastAddress = host('range.last', scope.range.last);
  if (firstAddress > lastAddress) throw invalid(scope, 'range', 'ends before it begins');
  // The server may be reached through a router, so its address need not be in the subnet.
  if (parseIpv4(scope.serverAddress) === null) throw invalid(scope, 'serverAddress', 'is not an IPv4 address');
  if (scope.router !== undefined) host('router', scope.router);
  for (const address of [...(scope.dnsServers ?? []), ...(scope.relays ?? [])]) {
    if (parseIpv4(address) === null) throw invalid(scope, 'dnsServers or relays', `${address} is not an IPv4 address`);
  }
  if (!Number.isInteger(scope.leaseSeconds) || scope.leaseSeconds < 60 || scope.leaseSeconds > 0x7fffffff) {
    throw invalid(scope, 'leaseSeconds', 'must be a whole number of at least 60');
  }
  const httpBase = scope.httpBase ?? `http://${scope.serverAddress}`;
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+(\/[A-Za-z0-9._/-]*)?$/.test(httpBase) || httpBase.endsWith('/')) {
    throw invalid(scope, 'httpBase', 'must be an http URL without a trailing slash');
  }
  return { ...scope, httpBase, bounds, firstAddress, lastAddress };
}

function invalid(scope: DhcpScope, field: string, why: string): FabricError {
  return new FabricError('dhcp_scope_invalid', `DHCP scope ${scope.name}: ${field} ${why}`, {
    context: { scope: scope.name, field },
  });
}

/** How a message reached us. */
export interface Arrival {
  relay: RelayInfo | null;
  ciaddr: string;
  /** Set when it came in on a socket bound to that interface, or one configured for a scope. */
  interface?: string;
  scope?: string;
}

/**
 * The scope a message belongs to; null when none of ours: then nothing is answered.
 *
 * Relayed: by giaddr, or by link selection (RFC 3527) if the relay is listed for that scope, so that a stray giaddr
 * cannot point our answers anywhere. Not relayed: by the interface. A unicast renewal is found by the address it renews.
 */
export function findScope(scopes: readonly Scope[], arrival: Arrival): Scope | null {
  if (arrival.relay) {
    const giaddr = parseIpv4(arrival.relay.giaddr)!;
    const link = arrival.relay.linkSelection === null ? null : parseIpv4(arrival.relay.linkSelection);
    const giaddrText = formatIpv4(giaddr);
    const relayed = scopes.filter((scope) =>
      scope.relays ? scope.relays.includes(giaddrText) : subnetContains(scope.bounds, giaddr),
    );
    if (link !== null) return relayed.find((scope) => subnetContains(scope.bounds, link)) ?? null;
    return relayed.find((scope) => subnetContains(scope.bounds, giaddr)) ?? (relayed.length === 1 ? relayed[0]! : null);
  }
  if (arrival.interface !== undefined) return scopes.find((scope) => scope.interface === arrival.interface) ?? null;
  if (arrival.scope !== undefined) return scopes.find((scope) => scope.name === arrival.scope) ?? null;
  if (arrival.ciaddr === NO_ADDRESS) return null;
  const ciaddr = parseIpv4(arrival.ciaddr)!;
  return scopes.find((scope) => subnetContains(scope.bounds, ciaddr)) ?? null;
}
