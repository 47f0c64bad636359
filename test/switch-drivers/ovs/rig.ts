import { randomBytes } from 'node:crypto';
import driver from '../../../switch-drivers/ovs/index.ts';
import { exec, type OvsInstance, startOvs } from '../../support/ovs-instance.ts';

const silent = { debug() {}, warn() {} };

export function openSession(remote: string, extra: { bridge?: string; commandTimeoutMs?: number } = {}) {
  const { bridge = 'br0', commandTimeoutMs = 15_000 } = extra;
  return driver.open({ name: 'sw', options: driver.options.parse({ remote, bridge }), log: silent, commandTimeoutMs });
}

export interface Rig {
  ovs: OvsInstance;
  /** Runs ip(8) inside the switch's namespace. */
  ip(...args: string[]): Promise<string>;
  /** Does `address` answer the server at switch port `from`, be it late (a busy machine is no fault)? */
  reaches(from: string, address: string): Promise<boolean>;
  /** Does it leave every ping of one second without an answer? */
  isCutOff(from: string, address: string): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * A switch in a namespace of its own, and a server in another namespace behind each port: port `pN` leads to a server
 * with 10.9.0.N untagged and 10.9.1.N tagged with VLAN 30.
 */
export async function startRig(servers: number): Promise<Rig> {
  const id = `swy-${randomBytes(3).toString('hex')}`;
  const namespaces: string[] = [];
  const addNamespace = async (name: string) => {
    await exec('ip', ['netns', 'add', name]);
    namespaces.push(name);
  };
  let ovs: OvsInstance | null = null;
  const stop = async () => {
    await ovs?.stop();
    for (const name of namespaces) await exec('ip', ['netns', 'del', name]);
  };
  try {
    await addNamespace(id);
    ovs = await startOvs({ netns: id });
    await ovs.vsctl('add-br', 'br0', '--', 'set', 'bridge', 'br0', 'datapath_type=netdev');
    for (let n = 1; n <= servers; n += 1) {
      const server = `${id}-${n}`;
      await addNamespace(server);
      const commands = [
        `-n ${id} link add p${n} type veth peer name u${n}`,
        `link add untagged${n} netns ${id} type veth peer name eth0 netns ${server}`,
        `link add tagged${n} netns ${id} type veth peer name eth1 netns ${server}`,
        ...[`p${n}`, `u${n}`, `untagged${n}`, `tagged${n}`].map((name) => `-n ${id} link set ${name} up`),
        ...['eth0', 'eth1'].map((name) => `-n ${server} link set ${name} up`),
        `-n ${server} addr add 10.9.0.${n}/24 dev eth0`,
        `-n ${server} addr add 10.9.1.${n}/24 dev eth1`,
      ];
      for (const command of commands) await exec('ip', command.split(' '));
      // The server's NIC: what leaves by eth1 is tagged 30 on the cable. The kernel may have no VLAN devices.
      const nic = `add-br nic${n} -- set bridge nic${n} datapath_type=netdev -- add-port nic${n} u${n} -- add-port nic${n} untagged${n} tag=0 -- add-port nic${n} tagged${n} tag=30 -- add-port br0 p${n}`;
      await ovs.vsctl(...nic.split(' '));
    }
    return {
      ovs,
      ip: (...args) => exec('ip', ['-n', id, ...args]),
      reaches: (from, address) => ping(`${id}-${from.slice(1)}`, address, 10),
      isCutOff: async (from, address) => !(await ping(`${id}-${from.slice(1)}`, address, 1)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** True at the first answer; false when `seconds` went by without one. */
function ping(namespace: string, address: string, seconds: number): Promise<boolean> {
  const command = `netns exec ${namespace} ping -c 1 -i 0.2 -w ${seconds} ${address}`;
  return exec('ip', command.split(' ')).then(
    () => true,
    () => false,
  );
}

export function access(vlan: number) {
  return { adminUp: true, mode: 'access' as const, untagged: vlan, tagged: [] };
}

export function trunk(untagged: number | null, tagged: number[]) {
  return { adminUp: true, mode: 'trunk' as const, untagged, tagged };
}
