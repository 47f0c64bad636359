import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ip = (...args: string[]) => run('ip', args);

/** Why no namespaces can be made here, or null. In CI it throws instead: nothing may be skipped there. */
export function namespacesMissing(): string | null {
  const reasons = [
    ...(process.getuid?.() === 0 ? [] : ['needs root']),
    ...(spawnSync('ip', ['-V']).error ? ['needs ip (Debian package iproute2)'] : []),
    ...(spawnSync('busybox', ['udhcpc', '--help']).error ? ['needs busybox (Debian package busybox-static)'] : []),
  ];
  if (reasons.length === 0) return null;
  if (process.env.CI === 'true') throw new Error(`The DHCP test on interfaces cannot run: ${reasons.join('; ')}`);
  return `(${reasons.join('; ')})`;
}

export interface Cable {
  /** Interface at the server. */
  name: string;
  /** Of that interface, with its prefix length. */
  address: string;
  mac: string;
}

/** A namespace for the server and one for each client, whose `eth0` is the other end of a cable. */
export class Namespaces {
  readonly #id = `swy-dhcp-${randomBytes(3).toString('hex')}`;
  readonly #made: string[] = [];

  readonly server = `${this.#id}-server`;
  client = (cable: Cable): string => `${this.#id}-${cable.name}`;

  async build(cables: readonly Cable[]): Promise<void> {
    await this.#add(this.server);
    for (const cable of cables) {
      const client = this.client(cable);
      await this.#add(client);
      const ends = ['type', 'veth', 'peer', 'name', 'eth0', 'address', cable.mac, 'netns', client];
      await ip('-n', this.server, 'link', 'add', cable.name, ...ends);
      await ip('-n', this.server, 'address', 'add', cable.address, 'dev', cable.name);
      await ip('-n', this.server, 'link', 'set', cable.name, 'up');
      await ip('-n', client, 'link', 'set', 'eth0', 'up');
    }
  }

  async #add(name: string): Promise<void> {
    await ip('netns', 'add', name);
    this.#made.push(name);
    await ip('-n', name, 'link', 'set', 'lo', 'up');
  }

  async setMac(cable: Cable, mac: string): Promise<void> {
    await ip('-n', this.client(cable), 'link', 'set', 'eth0', 'address', mac);
  }

  /** Packets the server's namespace has sent to broadcast addresses. */
  async broadcastsSent(): Promise<number> {
    const { stdout } = await run('ip', ['netns', 'exec', this.server, 'cat', '/proc/net/netstat']);
    const [names, values] = stdout.split('\n').filter((line) => line.startsWith('IpExt:'));
    return Number(values!.split(' ')[names!.split(' ').indexOf('OutBcastPkts')]);
  }

  /** The veth pairs go with them. */
  async remove(): Promise<void> {
    for (const name of this.#made.splice(0)) await ip('netns', 'delete', name);
  }
}
