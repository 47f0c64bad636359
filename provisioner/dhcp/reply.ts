import { bootAnswer } from './boot-options.ts';
import type { DhcpClient } from './client.ts';
import { BROADCAST_ADDRESS, CLIENT_PORT, MESSAGE, NO_ADDRESS, OPTION, SERVER_PORT } from './constants.ts';
import { formatIpv4, ipv4Bytes } from './ipv4.ts';
import type { DhcpPacket } from './packet.ts';
import type { RelayInfo } from './relay-agent.ts';
import type { Scope } from './scope.ts';

/** Longest name the `file` field holds beside its terminating zero. */
const FILE_FIELD_LIMIT = 127;

export interface Answer {
  type: 'OFFER' | 'ACK' | 'NAK';
  /** The address given; null for NAK and for the answer to INFORM. */
  address: string | null;
  hostname: string | null;
  /** NAK: why, for the client's log (option 56). */
  message?: string;
}

/** The reply to `request`, RFC 2131 table 3. Pure. */
export function buildReply(request: DhcpPacket, client: DhcpClient, scope: Scope, answer: Answer): DhcpPacket {
  const options = new Map<number, Buffer>();
  options.set(OPTION.MESSAGE_TYPE, Buffer.from([MESSAGE[answer.type]]));
  options.set(OPTION.SERVER_ID, ipv4Bytes(scope.serverAddress));
  const reply: DhcpPacket = {
    op: 'reply',
    htype: request.htype,
    chaddr: request.chaddr,
    hops: 0,
    xid: request.xid,
    secs: 0,
    flags: request.flags,
    ciaddr: answer.type === 'ACK' ? request.ciaddr : NO_ADDRESS,
    yiaddr: answer.address ?? NO_ADDRESS,
    siaddr: NO_ADDRESS,
    giaddr: request.giaddr,
    sname: '',
    file: '',
    options,
  };
  if (answer.type === 'NAK') {
    // RFC 2131 §4.3.2: behind a relay the client may be on another net, so it must hear the NAK by broadcast.
    if (request.giaddr !== NO_ADDRESS) reply.flags |= 0x8000;
    if (answer.message !== undefined) options.set(OPTION.MESSAGE, Buffer.from(answer.message));
  } else {
    if (answer.address !== null) addTimes(options, scope.leaseSeconds);
    addNetwork(options, scope);
    if (answer.hostname !== null) options.set(OPTION.HOST_NAME, Buffer.from(answer.hostname));
    addBoot(reply, options, client, scope);
  }
  // RFC 4578 §2.3: the identifier goes back as it came. RFC 3046 §2.2: so does the relay's option.
  for (const code of [OPTION.CLIENT_UUID, OPTION.RELAY_AGENT]) {
    const value = request.options.get(code);
    if (value) options.set(code, value);
  }
  return reply;
}

function addTimes(options: Map<number, Buffer>, leaseSeconds: number): void {
  const seconds = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(Math.floor(value));
    return bytes;
  };
  options.set(OPTION.LEASE_TIME, seconds(leaseSeconds));
  options.set(OPTION.RENEWAL_TIME, seconds(leaseSeconds / 2));
  options.set(OPTION.REBINDING_TIME, seconds(leaseSeconds * 0.875));
}

function addNetwork(options: Map<number, Buffer>, scope: Scope): void {
  options.set(OPTION.SUBNET_MASK, ipv4Bytes(formatIpv4(scope.bounds.mask)));
  options.set(OPTION.BROADCAST, ipv4Bytes(formatIpv4(scope.bounds.broadcast)));
  if (scope.router !== undefined) options.set(OPTION.ROUTER, ipv4Bytes(scope.router));
  if (scope.dnsServers?.length) options.set(OPTION.DNS_SERVER, Buffer.concat(scope.dnsServers.map(ipv4Bytes)));
}

function addBoot(reply: DhcpPacket, options: Map<number, Buffer>, client: DhcpClient, scope: Scope): void {
  const boot = bootAnswer(client, scope);
  if (!boot) return;
  reply.siaddr = scope.serverAddress;
  const fits = boot.file.length <= FILE_FIELD_LIMIT;
  if (fits) reply.file = boot.file;
  // Some firmware reads only the field, some only the option: who asks for the option gets both.
  if (!fits || client.requested.has(OPTION.BOOT_FILE)) options.set(OPTION.BOOT_FILE, Buffer.from(boot.file, 'latin1'));
  if (client.requested.has(OPTION.TFTP_SERVER)) options.set(OPTION.TFTP_SERVER, Buffer.from(scope.serverAddress));
  for (const [code, value] of boot.options) options.set(code, value);
}

/** Where a message came from. */
export interface Source {
  address: string;
  port: number;
  /** True on a socket bound to an interface: a broadcast from there reaches exactly that segment. */
  bound: boolean;
}

/** Where the reply goes, RFC 2131 §4.1. Pure. */
export function replyDestination(
  request: DhcpPacket,
  type: Answer['type'],
  relay: RelayInfo | null,
  source: Source,
): { address: string; port: number } {
  // RFC 8357 §3.1: such a relay listens where it sent from.
  if (relay) return { address: relay.giaddr, port: relay.sourcePort ? source.port : SERVER_PORT };
  if (request.ciaddr !== NO_ADDRESS && type !== 'NAK') {
    return { address: request.ciaddr, port: source.address === request.ciaddr ? source.port : CLIENT_PORT };
  }
  // Without raw sockets a host with no address yet cannot be reached by unicast, whatever its broadcast flag says.
  if (source.bound || source.address === NO_ADDRESS) return { address: BROADCAST_ADDRESS, port: CLIENT_PORT };
  return { address: source.address, port: source.port };
}
