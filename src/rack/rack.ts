import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../switch-drivers/simulator/start.ts';
import { Nic } from './nic.ts';
import { type RoutedNetwork, Router } from './router.ts';
import { SimServer } from './server.ts';
import { SparseDisk } from './sparse-disk.ts';
import { Wire } from './wire.ts';

export interface RackOptions {
  switches: number;
  servers: number;
  /** Where disks are kept. */
  directory: string;
  networks: RoutedNetwork[];
  /** Where DHCP relays send to. */
  dhcpServer: { address: string; port: number };
  log?: (line: string) => void;
}

export interface RackSwitch {
  name: string;
  username: string;
  password: string;
  device: SimulatedSwitch;
  /** Ports that servers hang on; the uplink is not among them. */
  serverPorts: string[];
  uplink: string;
}

export interface Rack {
  switches: RackSwitch[];
  servers: SimServer[];
  bmcCredentials: { username: string; password: string };
  wire: Wire;
  stop(): Promise<void>;
}

const NICS_PER_SERVER = 2;
const DISK_BYTES = 5 * 2 ** 30;
const CREDENTIALS = { username: 'admin', password: 'virtual-rack' };

/**
 * Switches behind SSH, servers behind Redfish, cabled: NIC 1 of server n to switch n, NIC 2 to the next switch. Needs no
 * root: everything is on 127.0.0.0/8.
 */
export async function startRack(options: RackOptions): Promise<Rack> {
  const log = options.log ?? (() => {});
  const router = await Router.start(options.networks, options.dhcpServer);
  const wire = new Wire();
  const switches: RackSwitch[] = [];
  const servers: SimServer[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await Promise.all(switches.map((one) => one.device.stop()));
    await router.stop();
  };
  try {
    await mkdir(options.directory, { recursive: true });
    for (let index = 0; index < options.switches; index++) switches.push(await startSwitch(index, options, wire));
    for (let index = 0; index < options.servers; index++) {
      const server = await buildServer(index, options, switches, wire, router, log);
      servers.push(server);
      await server.start();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { switches, servers, bmcCredentials: CREDENTIALS, wire, stop };
}

async function startSwitch(index: number, options: RackOptions, wire: Wire): Promise<RackSwitch> {
  const perSwitch = Math.ceil((options.servers * NICS_PER_SERVER) / options.switches);
  const device = await startSimulatedSwitch({
    platform: 'arista-eos',
    name: `leaf${index + 1}`,
    // Some ports stay free, as in a real rack; the last is the uplink.
    ports: Math.max(8, perSwitch + 3),
    chassisMac: mac(0x02, 0x1c, index + 1, 0),
    ...CREDENTIALS,
  });
  const ports = [...device.model.portIds];
  const uplink = ports.at(-1)!;
  wire.addSwitch(device.model, uplink);
  return { name: `leaf${index + 1}`, ...CREDENTIALS, device, serverPorts: ports.slice(0, -1), uplink };
}

async function buildServer(
  index: number,
  options: RackOptions,
  switches: RackSwitch[],
  wire: Wire,
  router: Router,
  log: (line: string) => void,
): Promise<SimServer> {
  const name = `node-${index + 1}`;
  const nics = Array.from({ length: NICS_PER_SERVER }, (_, which) => {
    const cable = index * NICS_PER_SERVER + which;
    const hangs = switches[(index + which) % switches.length]!;
    const used = cablesBefore(cable, (index + which) % switches.length, switches.length);
    return new Nic({
      name: `eno${which + 1}`,
      mac: mac(0x02, 0x5e, index + 1, which + 1),
      jack: { model: hangs.device.model, portId: hangs.serverPorts[used]! },
      wire,
      router,
    });
  });
  return new SimServer({
    name,
    uuid: `5e000000-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`,
    serial: `RACK${String(index + 1).padStart(4, '0')}`,
    nics,
    disk: await SparseDisk.create(path.join(options.directory, `${name}.disk`), DISK_BYTES),
    credentials: CREDENTIALS,
    log,
  });
}

/** How many cables before number `cable` go to switch `wanted`: the index of its port there. */
function cablesBefore(cable: number, wanted: number, switches: number): number {
  let count = 0;
  for (let other = 0; other < cable; other++) {
    const server = Math.floor(other / NICS_PER_SERVER);
    if ((server + (other % NICS_PER_SERVER)) % switches === wanted) count++;
  }
  return count;
}

function mac(first: number, second: number, number: number, last: number): string {
  const octets = [first, second, 0, (number >> 8) & 0xff, number & 0xff, last];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
