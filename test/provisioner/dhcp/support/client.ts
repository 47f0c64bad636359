import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { encodeUuid } from '../../../../provisioner/dhcp/client.ts';
import { MESSAGE, OPTION } from '../../../../provisioner/dhcp/constants.ts';
import { ipv4Bytes } from '../../../../provisioner/dhcp/ipv4.ts';
import { type DhcpPacket, decodeDhcp, encodeDhcp } from '../../../../provisioner/dhcp/packet.ts';

export interface MessageParts extends Partial<Omit<DhcpPacket, 'chaddr' | 'options'>> {
  type?: keyof typeof MESSAGE;
  mac?: string;
  arch?: number;
  uuid?: string;
  requested?: string;
  serverId?: string;
  options?: Iterable<[number, Buffer]>;
}

/** A message as a client's firmware would send it. */
export function clientMessage(parts: MessageParts): DhcpPacket {
  const { type = 'DISCOVER', mac = '52:54:00:00:00:01', arch, uuid, requested, serverId, options, ...fields } = parts;
  const all = new Map<number, Buffer>([[OPTION.MESSAGE_TYPE, Buffer.from([MESSAGE[type]])]]);
  if (arch !== undefined) all.set(OPTION.CLIENT_ARCH, Buffer.from([arch >> 8, arch & 255]));
  if (uuid !== undefined) all.set(OPTION.CLIENT_UUID, encodeUuid(uuid));
  if (requested !== undefined) all.set(OPTION.REQUESTED_ADDRESS, ipv4Bytes(requested));
  if (serverId !== undefined) all.set(OPTION.SERVER_ID, ipv4Bytes(serverId));
  for (const [code, value] of options ?? []) all.set(code, value);
  return {
    op: 'request',
    htype: 1,
    chaddr: Buffer.from(mac.replaceAll(':', ''), 'hex'),
    hops: 0,
    xid: 0x1234abcd,
    secs: 0,
    flags: 0,
    ciaddr: '0.0.0.0',
    yiaddr: '0.0.0.0',
    siaddr: '0.0.0.0',
    giaddr: '0.0.0.0',
    sname: '',
    file: '',
    ...fields,
    options: all,
  };
}

/** A UDP socket that speaks DHCP: a relay, or a client with an address. */
export class DhcpPeer {
  readonly socket: Socket;
  readonly port: number;
  readonly #server: { address: string; port: number };

  private constructor(socket: Socket, server: { address: string; port: number }) {
    this.socket = socket;
    this.port = socket.address().port;
    this.#server = server;
  }

  static async open(address: string, server: { address: string; port: number }): Promise<DhcpPeer> {
    const socket = createSocket('udp4').bind(0, address);
    await once(socket, 'listening');
    return new DhcpPeer(socket, server);
  }

  send(packet: DhcpPacket): void {
    this.socket.send(encodeDhcp(packet), this.#server.port, this.#server.address);
  }

  /** Sends and waits for the answer. */
  async ask(packet: DhcpPacket): Promise<DhcpPacket> {
    const received = once(this.socket, 'message') as Promise<[Buffer]>;
    this.send(packet);
    return decodeDhcp((await received)[0])!;
  }

  close(): void {
    this.socket.close();
  }
}
