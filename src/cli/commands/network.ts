import { type Command, Option } from 'commander';
import { Client } from '../client/client.ts';
import { path } from '../client/path.ts';
import type { NetworkOut, OperationOut } from '../client/wire.ts';
import { globals, print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';
import { collect, wholeNumber } from '../values.ts';

const ROLES = ['inspection', 'provisioning', 'cleaning', 'rescuing', 'servicing', 'idle'];

interface CreateOptions {
  role?: string;
  project?: string;
  shared?: boolean;
  vlan?: number;
  vni?: number;
  physicalNetwork?: string;
  subnet?: string;
  gateway?: string;
  dns?: string[];
}

export function addNetwork(program: Command): void {
  const group = program.command('network').description('networks that switch ports are moved between');
  group
    .command('create')
    .description('create a network: one of a role, or one of a tenant')
    .argument('<name>', 'name')
    .addOption(new Option('--role <role>', 'what the controller uses it for').choices(ROLES))
    .option('--project <project>', 'tenant it belongs to')
    .option('--shared', 'other tenants may use it too')
    .addOption(new Option('--vlan <id>', 'VLAN id').argParser(wholeNumber).conflicts('vni'))
    .option('--vni <id>', 'VXLAN network id', wholeNumber)
    .option('--physical-network <name>', 'only on switches that carry it')
    .option('--subnet <cidr>', 'its addresses, such as 10.77.0.0/24')
    .option('--gateway <address>', 'with --subnet')
    .option('--dns <address>', 'with --subnet (repeatable)', collect)
    .action(create);
  group
    .command('list')
    .description('networks')
    .addOption(new Option('--role <role>', 'only of this role').choices(ROLES))
    .option('--project <project>', 'only of this project')
    .action(list);
  group
    .command('delete')
    .description('delete a network nobody is attached to')
    .argument('<network>', 'name or id')
    .action(remove);
}

async function create(name: string, options: CreateOptions, command: Command): Promise<void> {
  const { subnet, gateway, dns, vlan, vni } = options;
  if (subnet === undefined && (gateway ?? dns) !== undefined) {
    command.error('error: --gateway and --dns go with --subnet', { exitCode: 2 });
  }
  const answer = await new Client(globals(command)).post<{ network: NetworkOut; operation: OperationOut | null }>(
    '/fabric/v1/networks',
    {
      name,
      role: options.role,
      project_id: options.project,
      shared: options.shared,
      network_type: vni !== undefined ? 'vxlan' : vlan !== undefined ? 'vlan' : 'flat',
      segmentation_id: vni ?? vlan,
      physical_network: options.physicalNetwork,
      subnet: subnet === undefined ? undefined : { cidr: subnet, gateway, dns },
    },
  );
  print(command, answer, () => {
    const { operation } = answer;
    const moved = operation
      ? ` ${operation.legs.length} ports move there: switchyard operation show ${operation.id}`
      : '';
    return `Network ${name} is created.${moved}`;
  });
}

async function list(options: { role?: string; project?: string }, command: Command): Promise<void> {
  const query = { role: options.role, project_id: options.project };
  const networks = await new Client(globals(command)).all<NetworkOut>('/fabric/v1/networks', 'networks', query);
  print(command, networks, () => {
    if (networks.length === 0) return 'No networks. Create one with: switchyard network create --help';
    return renderTable<NetworkOut>(
      [
        { title: 'Network', value: ({ name }) => name },
        { title: 'Role', value: ({ role }) => role },
        { title: 'Project', value: ({ project_id }) => project_id, shrink: true },
        { title: 'Shared', value: ({ shared }) => shared },
        { title: 'Type', value: ({ network_type }) => network_type },
        { title: 'Segment', value: ({ segmentation_id }) => segmentation_id, align: 'right' },
        { title: 'Physical network', value: ({ physical_network }) => physical_network },
        { title: 'Subnet', value: ({ subnet }) => subnet?.cidr },
      ],
      networks,
    );
  });
}

async function remove(ident: string, _options: object, command: Command): Promise<void> {
  await new Client(globals(command)).delete(path`/fabric/v1/networks/${ident}`);
  print(command, { deleted: ident }, () => `Network ${ident} is deleted.`);
}
