import { allocate, confirm, type LeaseRequest } from './allocate.ts';
import { type DhcpClient, describeClient } from './client.ts';
import { MESSAGE, messageName, NO_ADDRESS, OPTION } from './constants.ts';
import { formatIpv4 } from './ipv4.ts';
import type { LeaseStore } from './lease.ts';
import type { DhcpPacket } from './packet.ts';
import type { RelayInfo } from './relay-agent.ts';
import { type Answer, buildReply } from './reply.ts';
import type { Scope } from './scope.ts';

/** Long enough for the operator to find the address conflict, short enough that a small range recovers. */
const DECLINED_MS = 10 * 60_000;

export interface DhcpQuery {
  mac: string;
  /** Option 97. */
  uuid: string | null;
  scope: string;
  role: Scope['role'];
  /** Option 93. */
  arch: number | null;
  userClasses: readonly string[];
  relay: RelayInfo | null;
}

/** What the lifecycle says about a MAC. `allow: false` is never answered, not even where the scope is open. */
export interface DhcpDecision {
  allow: boolean;
  hostname?: string;
  /** Reserved address; must be in the scope's subnet, may be outside its range. */
  address?: string;
}

export interface DhcpBackend {
  /** Null: never heard of it; answered only where the scope is open. */
  lookup(query: DhcpQuery): Promise<DhcpDecision | null>;
}

/** What became of one message. */
export interface DhcpOutcome {
  /** DISCOVER, REQUEST, ... */
  message: string;
  mac: string | null;
  uuid: string | null;
  arch: number | null;
  ipxe: boolean;
  scope: string;
  relay: RelayInfo | null;
  answer: Answer['type'] | null;
  address: string | null;
  /** What it was told to boot. */
  file: string | null;
  /** Why, in words, when it was refused or ignored. */
  reason: string | null;
  reply: DhcpPacket | null;
}

export interface TransactionDeps {
  backend: DhcpBackend;
  leases: LeaseStore;
  now: () => number;
}

type Verdict = { answer: Answer } | { silent: string };

/** Takes one message of a client through backend and leases to its reply. */
export async function transact(
  packet: DhcpPacket,
  scope: Scope,
  relay: RelayInfo | null,
  deps: TransactionDeps,
): Promise<DhcpOutcome> {
  const client = describeClient(packet);
  const type = packet.options.get(OPTION.MESSAGE_TYPE);
  const outcome: DhcpOutcome = {
    message: type?.length === 1 ? messageName(type[0]!) : 'BOOTP',
    mac: client?.mac ?? null,
    uuid: client?.uuid ?? null,
    arch: client?.arch ?? null,
    ipxe: client?.ipxe ?? false,
    scope: scope.name,
    relay,
    answer: null,
    address: null,
    file: null,
    reason: null,
    reply: null,
  };
  if (!client) return { ...outcome, reason: 'the hardware address is not an Ethernet one' };
  if (type?.length !== 1) return { ...outcome, reason: 'it has no DHCP message type' };
  const verdict = await decide(packet, type[0]!, client, scope, relay, deps);
  if ('silent' in verdict) return { ...outcome, reason: verdict.silent };
  const { answer } = verdict;
  const reply = buildReply(packet, client, scope, answer);
  const file = reply.file || reply.options.get(OPTION.BOOT_FILE)?.toString('latin1') || null;
  return { ...outcome, answer: answer.type, address: answer.address, file, reason: answer.message ?? null, reply };
}

async function decide(
  packet: DhcpPacket,
  type: number,
  client: DhcpClient,
  scope: Scope,
  relay: RelayInfo | null,
  { backend, leases, now: clock }: TransactionDeps,
): Promise<Verdict> {
  const decision = await backend.lookup({
    mac: client.mac,
    uuid: client.uuid,
    scope: scope.name,
    role: scope.role,
    arch: client.arch,
    userClasses: client.userClasses,
    relay,
  });
  if (decision ? !decision.allow : !scope.open) {
    return { silent: decision ? 'the node may not be on this network now' : 'the MAC is unknown' };
  }
  const now = clock();
  const hostname = decision?.hostname ?? null;
  const { serverId, requested } = addressesOf(packet);
  const request: LeaseRequest = {
    mac: client.mac,
    hostname,
    fixed: decision?.address ?? null,
    wanted: requested,
    state: 'bound',
    now,
  };

  switch (type) {
    case MESSAGE.DISCOVER: {
      const lease = await allocate(leases, scope, { ...request, state: 'offered' });
      if (!lease) return { silent: request.fixed === null ? 'no address is free' : `${request.fixed} is not free` };
      return { answer: { type: 'OFFER', address: lease.address, hostname } };
    }
    case MESSAGE.REQUEST: {
      // RFC 2131 §4.3.2: with option 54 it chose among offers, without it has an address already.
      if (serverId !== null && serverId !== scope.serverAddress) {
        const held = await leases.find(client.mac, scope.name);
        if (held?.state === 'offered') await leases.release(client.mac, scope.name, held.address, now);
        return { silent: `it chose the server ${serverId}` };
      }
      const wanted = requested ?? (packet.ciaddr === NO_ADDRESS ? null : packet.ciaddr);
      const lease = await confirm(leases, scope, { ...request, wanted });
      if (lease) return { answer: { type: 'ACK', address: lease.address, hostname } };
      const message = wanted === null ? 'no address was asked for' : `${wanted} is not this client's address`;
      return { answer: { type: 'NAK', address: null, hostname: null, message } };
    }
    case MESSAGE.DECLINE: {
      const held = await leases.find(client.mac, scope.name);
      if (serverId !== scope.serverAddress || requested === null || held?.address !== requested) {
        return { silent: 'it declines what it was not given' };
      }
      await leases.quarantine(scope.name, requested, now + DECLINED_MS);
      return { silent: `somebody else uses ${requested}: set aside` };
    }
    case MESSAGE.RELEASE: {
      if (serverId !== scope.serverAddress) return { silent: 'it releases to another server' };
      await leases.release(client.mac, scope.name, packet.ciaddr, now);
      return { silent: `released ${packet.ciaddr}` };
    }
    case MESSAGE.INFORM:
      return { answer: { type: 'ACK', address: null, hostname } };
    default:
      return { silent: 'not a message for a server' };
  }
}

function addressesOf(packet: DhcpPacket): { serverId: string | null; requested: string | null } {
  const read = (code: number) => {
    const value = packet.options.get(code);
    return value?.length === 4 ? formatIpv4(value.readUInt32BE()) : null;
  };
  return { serverId: read(OPTION.SERVER_ID), requested: read(OPTION.REQUESTED_ADDRESS) };
}
