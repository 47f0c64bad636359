import type { Nic } from '../../rack/nic.ts';
import type { Rack } from '../../rack/rack.ts';
import type { DemoApi } from './api.ts';
import { IDLE_VLAN, ROLE_NETWORKS, TENANTS } from './setup.ts';

export interface NetworkStay {
  name: string;
  /** ISO 8601. */
  from: string;
  /** null: still there. */
  to: string | null;
}

export interface NodeReport {
  name: string;
  state: string;
  project: string | null;
  /** The one it boots through first. */
  ports: Array<{ address: string; local_link_connection: Record<string, string> }>;
  /** Of that port. */
  networks: NetworkStay[];
  steps: Array<{ step: string; title: string; seconds: number }>;
  hostname: string | null;
  /** Nodes whose frames reach this one, and the network in which they do. */
  hears: Array<{ node: string; network: string }>;
}

export interface DemoReport {
  nodes: NodeReport[];
  seconds: number;
}

const NAME_OF_VLAN = new Map<number, string>([
  ...ROLE_NETWORKS.map(({ role, vlan }) => [vlan, role] as const),
  ...TENANTS.map(({ network, vlan }) => [vlan, network] as const),
  [IDLE_VLAN, 'idle'],
]);

type RackServer = Rack['servers'][number];

/** The node as the API tells it, and what the switch and the wire say of it. */
export async function reportNodes(api: DemoApi, rack: Rack): Promise<NodeReport[]> {
  return Promise.all(rack.servers.map((server) => reportNode(api, rack, server)));
}

async function reportNode(api: DemoApi, rack: Rack, server: RackServer): Promise<NodeReport> {
  const node = await api.get(`/v1/nodes/${server.name}`);
  const { ports } = (await api.get(`/v1/nodes/${server.name}/ports?detail=true`)) as {
    ports: Array<{ address: string; local_link_connection: Record<string, string>; pxe_enabled: boolean }>;
  };
  const { events } = (await api.get(`/fabric/v1/events?node=${server.name}&kind=node.step&after=0&limit=1000`)) as {
    events: Array<{ message: string; data: { step: string; seconds: number } }>;
  };
  const macs = new Map(rack.servers.flatMap((one) => one.macs.map((mac) => [mac, one.name] as const)));
  const heard = [...(server.instance?.heard ?? [])].map(([mac, vlan]) => ({
    node: macs.get(mac) ?? mac,
    network: vlan === null ? 'none' : (NAME_OF_VLAN.get(vlan) ?? String(vlan)),
  }));
  const nic = bootNic(server, ports);
  return {
    name: server.name,
    state: String(node.provision_state),
    project: (node.lessee as string | null) ?? null,
    ports: ports
      .toSorted((a, b) => Number(b.address === nic.mac) - Number(a.address === nic.mac))
      .map(({ address, local_link_connection }) => ({ address, local_link_connection })),
    networks: networksPassed(nic),
    steps: events.map(({ message, data }) => ({
      step: data.step,
      title: message.replace(/^[^:]*: /, '').replace(/ \([^)]*\)$/, ''),
      seconds: data.seconds,
    })),
    hostname: server.instance?.hostname ?? null,
    hears: heard.sort(
      (a, b) => a.network.localeCompare(b.network) || a.node.localeCompare(b.node, 'en', { numeric: true }),
    ),
  };
}

/** The NIC that is moved between networks: the one the inspection was booted through; before that, nobody can tell. */
export function bootNic({ nics }: RackServer, ports: ReadonlyArray<{ address: string; pxe_enabled: boolean }>): Nic {
  const booted = ports.find(({ address, pxe_enabled }) => pxe_enabled && nics.some(({ mac }) => mac === address));
  return nics.find(({ mac }) => mac === booted?.address) ?? nics[0]!;
}

/** Out of the simulated switch's own record of its port: what it carried, and when. */
function networksPassed({ jack: { model, portId } }: Nic): NetworkStay[] {
  const stays: NetworkStay[] = [];
  for (const change of model.history.filter((one) => one.portId === portId)) {
    const name = change.untagged === null ? null : (NAME_OF_VLAN.get(change.untagged) ?? null);
    const at = new Date(change.at).toISOString();
    const last = stays.at(-1);
    if (last?.to === null && last.name === name) continue;
    if (last?.to === null) last.to = at;
    if (name !== null) stays.push({ name, from: at, to: null });
  }
  return stays;
}
