import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Agent, startAgent } from '../../provisioner/ramdisk/agent/agent.ts';
import { readBytes, readText } from '../../provisioner/ramdisk/agent/http-client.ts';
import { bootMac, parseKernelParameters } from '../../provisioner/ramdisk/agent/linux/kernel-parameters.ts';
import { messageOf } from '../../topology/error/fabric-error.ts';
import { bootInstance, type Instance } from './instance.ts';
import { readIpxe } from './ipxe.ts';
import { lasting } from './lasting.ts';
import type { Nic } from './nic.ts';
import { type BmcTarget, RedfishBmc } from './redfish.ts';
import { simHardware } from './sim-hardware.ts';
import type { SparseDisk } from './sparse-disk.ts';

export interface ServerOptions {
  name: string;
  uuid: string;
  serial: string;
  nics: Nic[];
  disk: SparseDisk;
  credentials: { username: string; password: string };
  log(line: string): void;
}

const SHUTDOWN_MS = 300;
const KERNEL_LIMIT = 512 * 2 ** 20;
const NO_MEDIA_MS = 1_000;

/** How slow the machine is; may be changed while it runs. */
export interface ServerKnobs {
  /** Milliseconds each answer of the BMC takes. */
  bmcDelayMs: number;
  /** Milliseconds from power on until the firmware looks for something to boot. */
  postMs: number;
}

/**
 * A simulated server: BMC, firmware, and whatever it booted. The BMC works without power; everything else ends with it,
 * at once and without a good-bye.
 */
export class SimServer implements BmcTarget {
  readonly name: string;
  readonly uuid: string;
  readonly serial: string;
  readonly nics: Nic[];
  readonly disk: SparseDisk;
  readonly knobs: ServerKnobs = { bmcDelayMs: 0, postMs: 150 };
  readonly #log: (line: string) => void;
  readonly #bmc: RedfishBmc;
  boot: BmcTarget['boot'] = { target: 'None', enabled: 'Disabled' };
  /** Set while the machine runs from its disk. */
  instance: Instance | null = null;
  bmcUrl = '';
  #running: { stop: AbortController; done: Promise<void> } | null = null;
  #stopping: Promise<void> = Promise.resolve();

  constructor(options: ServerOptions) {
    this.name = options.name;
    this.uuid = options.uuid;
    this.serial = options.serial;
    this.nics = options.nics;
    this.disk = options.disk;
    this.#log = (line) => options.log(`${options.name}: ${line}`);
    this.#bmc = new RedfishBmc(this, options.credentials);
  }

  get macs(): string[] {
    return this.nics.map((nic) => nic.mac);
  }

  async start(): Promise<void> {
    this.bmcUrl = await this.#bmc.listen();
  }

  async stop(): Promise<void> {
    this.#off();
    await this.#stopping;
    await this.#bmc.close();
  }

  powered(): boolean {
    return this.#running !== null;
  }

  power(action: 'On' | 'ForceOff' | 'GracefulShutdown' | 'ForceRestart'): void {
    this.#log(`BMC: ${action}`);
    if (action === 'On') this.#on();
    else if (action === 'ForceOff') this.#off();
    else if (action === 'GracefulShutdown') setTimeout(() => this.#off(), SHUTDOWN_MS).unref();
    else {
      this.#off();
      this.#on();
    }
  }

  #on(): void {
    if (this.#running) return;
    const stop = new AbortController();
    // What the last boot left open must be closed before the next uses the same addresses.
    const done = this.#stopping
      .then(() => this.#run(stop.signal))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) this.#log(`stopped: ${messageOf(error)}`);
      });
    this.#running = { stop, done };
    for (const nic of this.nics) nic.power(true);
  }

  #off(): void {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    this.instance?.stop();
    this.instance = null;
    for (const nic of this.nics) nic.power(false);
    running.stop.abort(new Error('power off'));
    this.#stopping = running.done;
  }

  async #run(signal: AbortSignal): Promise<void> {
    await lasting(() => this.knobs.postMs, signal);
    const target = this.boot.enabled === 'Disabled' ? 'None' : this.boot.target;
    if (this.boot.enabled === 'Once') this.boot = { target: 'None', enabled: 'Disabled' };
    if (target === 'Pxe' && (await this.#bootFromNetwork(signal))) return;
    await this.#bootFromDisk(signal);
  }

  async #bootFromDisk(signal: AbortSignal): Promise<void> {
    const instance = await bootInstance(this.disk, this.nics);
    if (signal.aborted) return instance?.stop();
    this.instance = instance;
    this.#log(instance ? `booted from disk as ${instance.hostname ?? '(no name)'}` : 'no bootable disk');
  }

  /** Firmware: DHCP on each NIC, then what the script says. False: nothing to boot there. */
  async #bootFromNetwork(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      for (const nic of this.nics) {
        const lease = await nic.dhcp({ uuid: this.uuid, ipxe: true }, signal);
        if (!lease?.bootFile) continue;
        const outcome = await this.#runScript(nic, lease.bootFile, signal);
        if (outcome === 'local-disk') return false;
        if (outcome === 'booted') return true;
      }
      await sleep(NO_MEDIA_MS, undefined, { signal });
    }
  }

  async #runScript(nic: Nic, first: string, signal: AbortSignal): Promise<'booted' | 'local-disk' | 'failed'> {
    const http = nic.http();
    const variables = { mac: nic.mac, 'net0/mac': nic.mac, uuid: this.uuid, platform: 'efi' };
    for (let url = first; ; ) {
      try {
        const answer = await http({ method: 'GET', url, signal });
        const script = await readText(answer.body);
        if (answer.status !== 200) return 'failed';
        const action = readIpxe(script, variables);
        if (action.action === 'local-disk') return 'local-disk';
        if (action.action === 'retry') {
          await sleep(action.seconds * 1000, undefined, { signal });
          url = action.url ?? url;
          continue;
        }
        if (action.action === 'unknown') {
          this.#log(`iPXE: ${action.line}: command not found`);
          return 'failed';
        }
        for (const file of [action.kernel, action.initrd]) {
          if (file === null) continue;
          const download = await http({ method: 'GET', url: file, signal });
          if (download.status !== 200) return 'failed';
          await readBytes(download.body, KERNEL_LIMIT);
        }
        await this.#runRamdisk(nic, action.commandLine, signal);
        return 'booted';
      } catch (error) {
        signal.throwIfAborted();
        this.#log(`iPXE: ${messageOf(error)}`);
        return 'failed';
      }
    }
  }

  /** The ramdisk's init: an address of its own, then the agent. */
  async #runRamdisk(nic: Nic, commandLine: string, signal: AbortSignal): Promise<void> {
    const lease = await nic.dhcp({ uuid: this.uuid, ipxe: false }, signal);
    if (!lease) throw new Error('ramdisk: no DHCP answer');
    const params = parseKernelParameters(commandLine);
    const port = await freePort();
    await nic.expose(port);
    const agent: Agent = startAgent({
      hardware: simHardware(
        { systemUuid: this.uuid, serial: this.serial, nics: this.nics, disk: this.disk },
        { bootif: params.bootif, address: lease.address },
        { off: () => this.#off(), reboot: () => this.power('ForceRestart') },
      ),
      apiUrls: params.apiUrls,
      inspectionUrl: params.inspectionUrl,
      listen: { address: '127.0.0.1', port },
      advertiseAddress: lease.address,
      http: nic.http(),
      token: params.token,
      rootDeviceHints: params.rootDevice,
      lldpTimeoutMs: params.lldpTimeoutMs,
      lookupTimeoutMs: params.lookupTimeoutMs,
      lookupIntervalMs: Math.min(params.lookupIntervalMs, 300),
      log: (line) => this.#log(`agent: ${line}`),
    });
    this.#log(`ramdisk up at ${lease.address} (${params.bootif ? bootMac(params.bootif) : 'no BOOTIF'})`);
    signal.addEventListener('abort', () => void agent.stop(), { once: true });
    if (signal.aborted) await agent.stop();
    await agent.finished;
  }
}

/** A port free on every address: the agent listens on one, its address in the rack on another. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
