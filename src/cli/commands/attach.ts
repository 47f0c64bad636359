import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { Client } from '../client/client.ts';
import { path } from '../client/path.ts';
import type { NetworkOut, NodeSummary } from '../client/wire.ts';
import { eventLine } from '../output/describe.ts';
import { globals, note, print } from '../output/print.ts';
import { duration } from '../values.ts';
import { followNode, labelOf, nodeSummary } from '../wait/node.ts';

interface AttachOptions {
  port?: string;
  wait?: boolean;
  timeout?: number;
}

export function addAttach(program: Command): void {
  program
    .command('attach')
    .description('attach a node to a tenant network: at once when it is active, else with its deployment')
    .argument('<node>', 'name or uuid')
    .argument('<network>', 'name or id')
    .option('--port <mac>', 'its NIC; default: a free one, PXE first')
    .option('-w, --wait', 'until the switch port carries the network')
    .option('--timeout <time>', 'with --wait: give up after this time (90, 10m)', duration)
    .action(attach);
  program
    .command('detach')
    .description('take a node off a tenant network')
    .argument('<node>', 'name or uuid')
    .argument('<network>', 'name or id, or the id of the VIF')
    .action(detach);
}

async function attach(ident: string, name: string, options: AttachOptions, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const [before, network] = await Promise.all([
    nodeSummary(client, ident),
    client.get<NetworkOut>(path`/fabric/v1/networks/${name}`),
  ]);
  const id = randomUUID();
  const port = options.port === undefined ? undefined : portOf(before, options.port);
  await client.post(path`/v1/nodes/${before.uuid}/vifs`, { id, network_id: network.id, port_uuid: port });
  const carries = (node: NodeSummary) => {
    const nic = node.nics.find(({ vif }) => vif?.id === id);
    if (!nic) return 'failed';
    return nic.network === network.name && nic.port_state === 'applied' ? 'done' : null;
  };
  const node = options.wait
    ? await followNode(client, before.uuid, {
        verdict: carries,
        goal: `attached to ${network.name}`,
        timeoutMs: options.timeout,
        onEvent: (event) => {
          if (!globals(command).json) note(eventLine(event));
        },
      })
    : await nodeSummary(client, before.uuid);
  const nic = node.nics.find(({ vif }) => vif?.id === id) ?? null;
  print(command, { node: node.uuid, vif: id, network: network.id, nic }, () => {
    const where = nic?.switch ? ` (${nic.switch} ${nic.port_id}, VLAN ${nic.vlan ?? '-'})` : '';
    if (carries(node) === 'done') return `Node ${labelOf(node)} is attached to ${network.name}${where}.`;
    return `Node ${labelOf(node)} will be in ${network.name} when it is deployed (it is ${node.provision_state} now).`;
  });
}

function portOf({ nics, name, uuid }: NodeSummary, address: string): string {
  const nic = nics.find((candidate) => candidate.address === address.toLowerCase().replaceAll('-', ':'));
  if (nic) return nic.port_uuid;
  const known = nics.map((candidate) => candidate.address).join(', ') || 'none yet';
  throw new FabricError('port_not_found', `Node ${name ?? uuid} has no NIC ${address}; it has ${known}`);
}

async function detach(ident: string, name: string, _options: object, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const node = await nodeSummary(client, ident);
  const vifs = node.nics.flatMap(({ vif }) => (vif ? [vif] : []));
  const chosen = vifs.find((vif) => [vif.id, vif.network, vif.network_id].includes(name));
  if (!chosen) {
    const attached = vifs.map(({ network }) => network).join(', ') || 'no network';
    throw new FabricError('vif_not_found', `Node ${labelOf(node)} is not attached to ${name}, but to ${attached}`);
  }
  await client.delete(path`/v1/nodes/${node.uuid}/vifs/${chosen.id}`);
  print(command, { node: node.uuid, detached: chosen }, () => `Node ${labelOf(node)} is off ${chosen.network}.`);
}
