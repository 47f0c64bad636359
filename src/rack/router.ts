import { createSocket, type Socket } from 'node:dgram';
import { OPTION } from '../../provisioner/dhcp/constants.ts';
import { decodeDhcp, encodeDhcp } from '../../provisioner/dhcp/packet.ts';
import { encodeRelayInfo } from '../../provisioner/dhcp/relay-agent.ts';

/** One VLAN in which the router has an address, and from which it leads to the controller. */
export interface RoutedNetwork {
  vlan: number;
  /** CIDR inside 127.0.0.0/8, a /24. */
  subnet: string;
  /** The router's own address there: giaddr. */
  gateway: string;
}

interface Pending {
  mac: string;
  deliver(reply: Buffer): void;
}

/**
 * Stands where a rack's router stands: a DHCP relay (RFC 1542, RFC 3046) in each routed VLAN. Its sockets have ports of
 * their own, which it tells the server by RFC 8357: nobody but root may use port 67.
 */
export class Router {
  readonly #networks: RoutedNetwork[];
  readonly #server: { address: string; port: number };
  readonly #sockets = new Map<number, Socket>();
  readonly #pending = new Map<string, Pending>();

  private constructor(networks: RoutedNetwork[], server: { address: string; port: number }) {
    this.#networks = networks;
    this.#server = server;
  }

  static async start(networks: RoutedNetwork[], server: { address: string; port: number }): Promise<Router> {
    const router = new Router(networks, server);
    for (const network of networks) {
      const socket = createSocket('udp4');
      socket.on('message', (bytes) => router.#fromServer(network, bytes));
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.bind(0, network.gateway, () => resolve());
      });
      router.#sockets.set(network.vlan, socket);
    }
    return router;
  }

  networkOf(vlan: number | null): RoutedNetwork | null {
    return this.#networks.find((network) => network.vlan === vlan) ?? null;
  }

  /** A DHCP broadcast arrives in `vlan`; replies for that MAC go to `deliver` until the next one. */
  dhcp(vlan: number, circuit: string, bytes: Buffer, deliver: (reply: Buffer) => void): void {
    const network = this.networkOf(vlan);
    const socket = this.#sockets.get(vlan);
    const packet = decodeDhcp(bytes);
    if (!network || !socket || !packet) return;
    const mac = packet.chaddr.toString('hex');
    this.#pending.set(`${vlan} ${mac}`, { mac, deliver });
    const options = new Map(packet.options);
    options.set(OPTION.RELAY_AGENT, encodeRelayInfo({ circuitId: circuit, sourcePort: true }));
    const relayed = encodeDhcp({ ...packet, giaddr: network.gateway, hops: packet.hops + 1, options });
    socket.send(relayed, this.#server.port, this.#server.address);
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#sockets.values()].map((socket) => new Promise<void>((done) => socket.close(() => done()))),
    );
    this.#sockets.clear();
  }

  #fromServer(network: RoutedNetwork, bytes: Buffer): void {
    const packet = decodeDhcp(bytes);
    if (packet?.op !== 'reply') return;
    this.#pending.get(`${network.vlan} ${packet.chaddr.toString('hex')}`)?.deliver(bytes);
  }
}
