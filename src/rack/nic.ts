import { randomInt } from 'node:crypto';
import { connect as connectTcp, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeUuid } from '../../provisioner/dhcp/client.ts';
import { MESSAGE, OPTION } from '../../provisioner/dhcp/constants.ts';
import { type DhcpPacket, decodeDhcp, encodeDhcp } from '../../provisioner/dhcp/packet.ts';
import { createHttpClient, type HttpClient } from '../../provisioner/ramdisk/agent/http-client.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { decode, encodeLldpRaw, type LldpRaw, parseFrame } from '../../topology/lldp/index.ts';
import type { Router } from './router.ts';
import type { Jack, Wire } from './wire.ts';

export interface Lease {
  address: string;
  /** Option 67 or the file field: what to boot. */
  bootFile: string;
}

const DHCP_TRIES = 4;
const DHCP_WAIT_MS = 1_500;
/** How long something sent into the void is waited for. */
const SILENCE_MS = 3_000;

/**
 * A simulated server's NIC. What it can talk to is decided by the VLAN its switch port is in, at every moment: when the
 * port moves, connections break and its address leads nowhere.
 */
export class Nic {
  readonly name: string;
  readonly mac: string;
  readonly #wire: Wire;
  readonly #router: Router;
  #jack: Jack;
  #powered = false;
  #lease: { address: string; vlan: number } | null = null;
  #cut = new AbortController();
  #forward: Server | null = null;
  #forwardPort: number | null = null;
  #unwatch: () => void = () => {};
  /** Frames that reached this NIC. */
  onFrame: (frame: Buffer) => void = () => {};

  constructor(options: { name: string; mac: string; jack: Jack; wire: Wire; router: Router }) {
    this.name = options.name;
    this.mac = options.mac;
    this.#wire = options.wire;
    this.#router = options.router;
    this.#jack = options.jack;
  }

  get jack(): Jack {
    return this.#jack;
  }

  get powered(): boolean {
    return this.#powered;
  }

  /** Pulls the cable and puts it into another switch port. */
  recable(jack: Jack): void {
    const powered = this.#powered;
    this.power(false);
    this.#jack = jack;
    this.power(powered);
  }

  power(on: boolean): void {
    if (on === this.#powered) return;
    this.#powered = on;
    if (on) {
      this.#wire.plug(this.#jack, (frame) => this.onFrame(frame));
      const { model, portId } = this.#jack;
      this.#unwatch = model.onChange((change) => {
        if (change.portId === portId) this.#moved();
      });
      model.setLink(portId, true);
    } else {
      this.#unwatch();
      this.#wire.unplug(this.#jack);
      this.#lease = null;
      this.#forwardPort = null;
      this.#moved();
    }
  }

  send(frame: Buffer): void {
    if (this.#powered) this.#wire.send(this.#jack, frame);
  }

  /** VLAN in which this NIC reaches the router; null: none. */
  vlan(): number | null {
    return this.#powered ? this.#wire.vlanToRouter(this.#jack) : null;
  }

  /** The LLDPDU its switch sends it now. */
  lldp(): LldpRaw | null {
    const frame = this.#powered ? this.#jack.model.lldpFrame(this.#jack.portId) : null;
    const payload = frame === null ? null : parseFrame(frame)?.payload;
    return payload ? encodeLldpRaw(decode(payload)) : null;
  }

  /** DISCOVER, OFFER, REQUEST, ACK; null when nobody answers. */
  async dhcp(client: { uuid: string; ipxe: boolean }, signal: AbortSignal): Promise<Lease | null> {
    for (let tries = 0; tries < DHCP_TRIES; tries++) {
      const vlan = this.vlan();
      if (vlan === null || !this.#router.networkOf(vlan)) {
        await sleep(DHCP_WAIT_MS, undefined, { signal });
        continue;
      }
      const xid = randomInt(2 ** 32);
      const offer = await this.#exchange(vlan, this.#dhcpMessage(MESSAGE.DISCOVER, xid, client), signal);
      if (!offer) continue;
      const request = this.#dhcpMessage(MESSAGE.REQUEST, xid, client, offer);
      const ack = await this.#exchange(vlan, request, signal);
      if (ack?.options.get(OPTION.MESSAGE_TYPE)?.[0] !== MESSAGE.ACK) continue;
      this.#lease = { address: ack.yiaddr, vlan };
      const file = ack.options.get(OPTION.BOOT_FILE)?.toString('latin1').replace(/\0+$/, '');
      return { address: ack.yiaddr, bootFile: file || ack.file };
    }
    return null;
  }

  /** An HTTP client that sends from this NIC. */
  http(): HttpClient {
    return async (request) => {
      const lease = this.#online();
      if (!lease) {
        await sleep(SILENCE_MS, undefined, request.signal ? { signal: request.signal } : {});
        throw new FabricError('http_failed', `${request.url}: no answer`, { retryable: true });
      }
      const signal = request.signal ? AbortSignal.any([request.signal, this.#cut.signal]) : this.#cut.signal;
      return createHttpClient({ localAddress: lease.address })({ ...request, signal });
    };
  }

  /** Makes a service on 127.0.0.1:`port` reachable at the leased address, as long as the NIC is in the lease's VLAN. */
  async expose(port: number): Promise<void> {
    this.#forwardPort = port;
    await this.#openForward();
  }

  #online(): { address: string; vlan: number } | null {
    return this.#lease !== null && this.vlan() === this.#lease.vlan ? this.#lease : null;
  }

  /** The switch port changed: what was open hangs on the old VLAN. */
  #moved(): void {
    this.#cut.abort(new Error('the link is gone'));
    this.#cut = new AbortController();
    this.#forward?.close();
    this.#forward = null;
    if (this.#forwardPort !== null && this.#online()) this.#openForward().catch(() => this.#forward?.close());
  }

  async #openForward(): Promise<void> {
    const lease = this.#online();
    const port = this.#forwardPort;
    if (!lease || port === null || this.#forward) return;
    const cut = this.#cut.signal;
    const server = createServer((inbound) => {
      const outbound = connectTcp({ host: '127.0.0.1', port });
      const end = () => {
        inbound.destroy();
        outbound.destroy();
      };
      cut.addEventListener('abort', end, { once: true });
      inbound.on('error', end).on('close', end);
      outbound.on('error', end).on('close', end);
      inbound.pipe(outbound).pipe(inbound);
    });
    this.#forward = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, lease.address, resolve);
    });
  }

  #exchange(vlan: number, message: Buffer, signal: AbortSignal): Promise<DhcpPacket | null> {
    const { promise, resolve } = Promise.withResolvers<DhcpPacket | null>();
    const timer = setTimeout(() => resolve(null), DHCP_WAIT_MS);
    const end = () => resolve(null);
    signal.addEventListener('abort', end, { once: true });
    const circuit = `${this.#jack.model.running.hostname} ${this.#jack.portId}`;
    this.#router.dhcp(vlan, circuit, message, (bytes) => {
      // In the time the answer took the port may have moved.
      if (this.vlan() === vlan) resolve(decodeDhcp(bytes));
    });
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    });
  }

  #dhcpMessage(type: number, xid: number, client: { uuid: string; ipxe: boolean }, offer?: DhcpPacket): Buffer {
    const options = new Map<number, Buffer>([
      [OPTION.MESSAGE_TYPE, Buffer.from([type])],
      [OPTION.PARAMETER_LIST, Buffer.from([1, 3, 6, 51, 54, 66, 67])],
      [OPTION.CLIENT_ARCH, Buffer.from([0, 7])],
      [OPTION.CLIENT_UUID, encodeUuid(client.uuid)],
    ]);
    if (client.ipxe) {
      options.set(OPTION.USER_CLASS, Buffer.from('iPXE'));
      options.set(OPTION.IPXE, Buffer.from([0xeb, 3, 1, 21, 1]));
    }
    const server = offer?.options.get(OPTION.SERVER_ID);
    if (offer && server) {
      options.set(OPTION.SERVER_ID, server);
      options.set(OPTION.REQUESTED_ADDRESS, Buffer.from(offer.yiaddr.split('.').map(Number)));
    }
    return encodeDhcp({
      op: 'request',
      htype: 1,
      chaddr: Buffer.from(this.mac.replaceAll(':', ''), 'hex'),
      hops: 0,
      xid,
      secs: 0,
      flags: 0x8000,
      ciaddr: '0.0.0.0',
      yiaddr: '0.0.0.0',
      siaddr: '0.0.0.0',
      giaddr: '0.0.0.0',
      sname: '',
      file: '',
      options,
    });
  }
}
