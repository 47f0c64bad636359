import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OvsInstance, startOvs } from '../../support/ovs-instance.ts';
import { type Capture, type Frame, framesOf, startCapture } from './captures.ts';
import { type Finished, finish, inNamespace, ip, run, tail, until } from './machine.ts';
import { startReaper } from './reaper.ts';
import { startAdvertising } from './router.ts';
import { type Firmware, macOf, type Server, startServer } from './server.ts';
import { QUARANTINE, ROLE_VLANS, TENANT_VLANS, VLANS, type VlanName } from './vlans.ts';

const BRIDGE = 'rack';
const SWITCH_MAC = '02:52:41:43:4b:01';

export interface RackOptions {
  servers: readonly { firmware: Firmware }[];
  /** More switch ports with nothing plugged in. */
  sparePorts?: number;
}

/**
 * A rack in network namespaces of its own: a switch (Open vSwitch in userspace, LLDP on its server ports), servers with
 * BMCs, the controller's interface in each role network, and a namespace in each tenant network. Other racks may run
 * beside it. It is gone after stop(), and also when this process dies.
 */
export interface Rack {
  dir: string;
  /** Where the controller has to run. */
  namespace: string;
  bridge: string;
  /** LLDP chassis id. */
  switchMac: string;
  remote: string;
  serverPorts: readonly string[];
  servers: readonly Server[];
  /** The VLAN a port is in on the real switch; null: in none, or in several. */
  vlanOf(port: string): Promise<number | null>;
  /** Is the port down, as the ovs driver understands it: a trunk of the reserved VLAN 4095 and nothing else? */
  isShut(port: string): Promise<boolean>;
  /** What the servers sent, in all VLANs, by time. */
  frames(): Promise<Frame[]>;
  /** Runs a program where it sees that VLAN. */
  within(vlan: VlanName, command: readonly string[]): Promise<Finished>;
  /** Does `address` answer somebody in that VLAN? */
  answersPing(vlan: VlanName, address: string, seconds: number): Promise<boolean>;
  /** Runs until stop(); the last started is stopped first. */
  adopt(service: { stop(): Promise<void> }): void;
  /** What the consoles and services said last, for a failure's message. */
  lastWords(): Promise<string>;
  stop(): Promise<void>;
}

/** Set to keep a rack's files (consoles, logs, configurations) in that directory. */
const KEEP = process.env.LAB_KEEP_DIR;

export async function startRack(options: RackOptions): Promise<Rack> {
  const id = `swy-${randomBytes(4).toString('hex')}`;
  const tenants = TENANT_VLANS.map(({ name }) => `${id}-${name}`);
  const dir = KEEP ? join(KEEP, id) : await mkdtemp(join(tmpdir(), 'switchyard-lab-'));
  await mkdir(dir, { recursive: true });
  // Open to the account that the controller's PostgreSQL drops to.
  await chmod(dir, 0o711);
  const reaper = startReaper(KEEP ? null : dir, [id, ...tenants]);
  const services: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    const failures: unknown[] = [];
    for (const service of services.splice(0).reverse()) await service.stop().catch((error) => failures.push(error));
    await reaper.release();
    if (failures.length > 0) throw failures[0];
  };
  try {
    for (const namespace of [id, ...tenants]) {
      await ip(`netns add ${namespace}`);
      await ip(`-n ${namespace} link set lo up`);
    }
    const ovs = await startOvs({ netns: id, dir: await subdirectory(dir, 'ovs') });
    services.push(ovs);
    const serverPorts = Array.from(
      { length: options.servers.length * 2 + (options.sparePorts ?? 0) },
      (_, index) => `port${index + 1}`,
    );
    await buildSwitch(ovs, id, serverPorts);
    const captures = await startCaptures(id, dir, options.servers.length);
    services.push(...captures.map(({ service }) => service));
    services.push(
      await startAdvertising(
        ovs,
        BRIDGE,
        ROLE_VLANS.filter((vlan) => 'prefix' in vlan).map(({ name }) => name),
        SWITCH_MAC,
      ),
    );
    const servers: Server[] = [];
    for (const [index, { firmware }] of options.servers.entries()) {
      const ports = [serverPorts[index * 2]!, serverPorts[index * 2 + 1]!] as const;
      const server = await startServer({ namespace: id, dir, number: index + 1, firmware, ports });
      servers.push(server);
      services.push(server.bmc);
    }
    const placeOf = (vlan: VlanName) => tenants[TENANT_VLANS.findIndex(({ name }) => name === vlan)] ?? id;
    return {
      dir,
      namespace: id,
      bridge: BRIDGE,
      switchMac: SWITCH_MAC,
      remote: ovs.remote,
      serverPorts,
      servers,
      async vlanOf(port) {
        const { tags, trunks } = await vlanColumns(ovs, port);
        return trunks.length === 0 ? (tags[0] ?? null) : null;
      },
      async isShut(port) {
        const { trunks, modes } = await vlanColumns(ovs, port);
        return modes[0] === 'trunk' && trunks.length === 1 && trunks[0] === 4095;
      },
      async frames() {
        const all = await Promise.all(captures.map(framesOf));
        return all.flat().sort((left, right) => left.at - right.at);
      },
      within: (vlan, command) => finish('ip', inNamespace(placeOf(vlan), command)),
      async answersPing(vlan, address, seconds) {
        // -I: also where that network has no route to the address; it is asked for by ARP then.
        const command = ['ping', '-c', '1', '-i', '0.5', '-w', String(seconds), '-I', vlan, address];
        const timeoutMs = (seconds + 30) * 1000;
        return (await finish('ip', inNamespace(placeOf(vlan), command), timeoutMs)).code === 0;
      },
      adopt: (service) => services.push(service),
      lastWords: async () => {
        const files = servers.flatMap((server) => [server.consoleFile, join(dir, server.name, 'chassis.log')]);
        const texts = await Promise.all(
          [join(dir, 'controller.log'), ...files].map(async (file) => `--- ${file}\n${await tail(file, 2_500)}`),
        );
        return texts.join('\n');
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface VlanColumns {
  tags: number[];
  trunks: number[];
  modes: string[];
}

async function vlanColumns(ovs: OvsInstance, port: string): Promise<VlanColumns> {
  const table = await ovs.vsctl('--format=json', '--columns=tag,trunks,vlan_mode', 'list', 'port', port);
  const [row] = (JSON.parse(table) as { data: [unknown[]] }).data;
  // RFC 7047 section 5.1: a set of one may be written as its only element.
  const [tags, trunks, modes] = row.map((value) => (Array.isArray(value) ? (value[1] as unknown[]) : [value]));
  return { tags, trunks, modes } as VlanColumns;
}

async function subdirectory(dir: string, name: string): Promise<string> {
  await mkdir(join(dir, name));
  return join(dir, name);
}

async function buildSwitch(ovs: OvsInstance, namespace: string, serverPorts: readonly string[]): Promise<void> {
  const bridge = ['set', 'bridge', BRIDGE, 'datapath_type=netdev', `other-config:hwaddr="${SWITCH_MAC}"`];
  // Without MAC learning every frame of a VLAN reaches every port in it: one port is enough to capture all of it.
  const flood = `flood_vlans=${VLANS.map(({ vlan }) => vlan).join(',')}`;
  await ovs.vsctl('add-br', BRIDGE, '--', ...bridge, flood);
  for (const { name, vlan, ...rest } of ROLE_VLANS) {
    await ovs.vsctl('add-port', BRIDGE, name, `tag=${vlan}`, '--', 'set', 'interface', name, 'type=internal');
    await ip(`-n ${namespace} link set ${name} up`);
    if ('prefix' in rest) await ip(`-n ${namespace} addr add ${rest.prefix}.1/24 dev ${name}`);
  }
  for (const { name, vlan, prefix } of TENANT_VLANS) {
    const tenant = `${namespace}-${name}`;
    await ip(`link add to-${name} netns ${namespace} type veth peer name ${name} netns ${tenant}`);
    await withoutOffloads(namespace, `to-${name}`);
    await withoutOffloads(tenant, name);
    await ip(`-n ${namespace} link set to-${name} up`);
    await ip(`-n ${tenant} link set ${name} up`);
    await ip(`-n ${tenant} addr add ${prefix}.1/24 dev ${name}`);
    await ovs.vsctl('add-port', BRIDGE, `to-${name}`, `tag=${vlan}`);
  }
  for (const port of serverPorts) {
    await ip(`-n ${namespace} tuntap add dev ${port} mode tap`);
    // Open vSwitch announces the port's own MAC as its chassis id: all ports get the switch's, before LLDP is on.
    await ip(`-n ${namespace} link set ${port} address ${SWITCH_MAC}`);
    await ip(`-n ${namespace} link set ${port} up`);
    await ovs.vsctl('add-port', BRIDGE, port, `tag=${QUARANTINE}`, '--', 'set', 'interface', port, 'lldp:enable=true');
  }
}

/** The switch reads frames with AF_PACKET: nobody would complete a checksum that was left to the hardware. */
async function withoutOffloads(namespace: string, device: string): Promise<void> {
  const features = ['tx', 'rx', 'gso', 'tso', 'gro'].flatMap((name) => [name, 'off']);
  await run('ip', inNamespace(namespace, ['ethtool', '-K', device, ...features]));
}

async function startCaptures(namespace: string, dir: string, servers: number): Promise<Capture[]> {
  const macs = Array.from({ length: servers }, (_, index) => [1, 2].map((nic) => macOf(index + 1, nic))).flat();
  const captures = VLANS.map(({ name, role }) => {
    const where = {
      namespace: role ? namespace : `${namespace}-${name}`,
      device: name,
      log: join(dir, `vlan-${name}.log`),
    };
    return startCapture(name, where, macs);
  });
  for (const { vlan, service } of captures) {
    const listening = async () => (await tail(service.log)).includes('listening on');
    await until(`the capture in VLAN ${vlan} listens`, listening, { service });
  }
  return captures;
}
