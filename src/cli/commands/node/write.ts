import type { Command } from 'commander';
import { Client, type Json } from '../../client/client.ts';
import { path } from '../../client/path.ts';
import { globals, note, print } from '../../output/print.ts';
import { collect, members } from '../../values.ts';

interface MemberOptions {
  driverInfo?: string[];
  property?: string[];
  instanceInfo?: string[];
  extra?: string[];
  lessee?: string;
  owner?: string;
  resourceClass?: string;
  description?: string;
}

interface CreateOptions extends MemberOptions {
  driver: string;
  port?: string[];
}

interface SetOptions extends MemberOptions {
  name?: string;
  driver?: string;
  unset?: string[];
  maintenance?: string | boolean;
}

const withMembers = (command: Command): Command =>
  command
    .option('--driver-info <key=value>', 'how to reach its BMC (repeatable; key=@FILE for secrets)', collect)
    .option('--property <key=value>', 'facts of the hardware (repeatable)', collect)
    .option('--instance-info <key=value>', 'what to deploy (repeatable)', collect)
    .option('--extra <key=value>', 'anything of your own (repeatable)', collect)
    .option('--lessee <project>', 'project that may use it')
    .option('--owner <project>', 'project it belongs to')
    .option('--resource-class <class>', 'kind of machine, for schedulers')
    .option('--description <text>', 'for people');

export function addNodeWriters(node: Command): void {
  withMembers(
    node
      .command('create')
      .description('enroll a server; its BMC is enough, NICs and cabling come from inspection')
      .argument('[name]', 'name')
      .requiredOption('--driver <name>', 'ipmi or redfish')
      .option('--port <mac>', 'a NIC that is known already (repeatable)', collect),
  ).action(create);
  withMembers(
    node
      .command('set')
      .description('change a node')
      .argument('<node>', 'name or uuid')
      .option('--name <name>', 'new name')
      .option('--driver <name>', 'ipmi or redfish')
      .option(
        '--unset <member>',
        'take a member away, such as lessee or instance_info/image_source (repeatable)',
        collect,
      )
      .option('--maintenance [reason]', 'put it into maintenance')
      .option('--no-maintenance', 'end maintenance'),
  ).action(set);
  node
    .command('delete')
    .description('forget nodes; their switch ports go to rest')
    .argument('<node...>', 'names or uuids')
    .action(remove);
}

function bodyOf(options: MemberOptions): Json {
  const object = (pairs: string[] | undefined) => (pairs ? members(pairs) : undefined);
  return defined({
    driver_info: object(options.driverInfo),
    properties: object(options.property),
    instance_info: object(options.instanceInfo),
    extra: object(options.extra),
    lessee: options.lessee,
    owner: options.owner,
    resource_class: options.resourceClass,
    description: options.description,
  });
}

const defined = (body: Json): Json =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

async function create(name: string | undefined, options: CreateOptions, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const body = defined({ name, driver: options.driver, ...bodyOf(options) });
  const node = await client.post<{ uuid: string }>('/v1/nodes', body);
  for (const address of options.port ?? []) await client.post('/v1/ports', { node_uuid: node.uuid, address });
  const label = name ?? node.uuid;
  print(command, node, () => `Node ${label} is enrolled (${node.uuid}). Next: switchyard node manage ${label} --wait`);
}

/** JSON patch (RFC 6902) that sets members; those that are objects key by key, so that others stay. */
export function patchOf(body: Json): Json[] {
  const pointer = (...parts: string[]) =>
    parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [{ op: 'add', path: pointer(name), value }];
    return Object.entries(value).map(([key, inner]) => ({
      op: 'add',
      path: pointer(name, key),
      value: inner as unknown,
    }));
  });
}

async function set(ident: string, options: SetOptions, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const where = path`/v1/nodes/${ident}`;
  const patch = patchOf(defined({ name: options.name, driver: options.driver, ...bodyOf(options) }));
  for (const member of options.unset ?? []) patch.push({ op: 'remove', path: `/${member.replace(/^\//, '')}` });
  const { maintenance } = options;
  if (patch.length === 0 && maintenance === undefined) {
    command.error('error: nothing to set: see `switchyard node set --help`', { exitCode: 2 });
  }
  let node: Json | null = patch.length > 0 ? await client.patch(where, patch) : null;
  if (maintenance === false) await client.delete(`${where}/maintenance`);
  else if (maintenance !== undefined) {
    await client.put(`${where}/maintenance`, { reason: maintenance === true ? null : maintenance });
  }
  if (maintenance !== undefined) node = await client.get(path`/v1/nodes/${options.name ?? ident}`);
  print(command, node, () => `Node ${options.name ?? ident} is changed.`);
}

async function remove(idents: string[], _options: object, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const deleted: string[] = [];
  for (const ident of idents) {
    await client.delete(path`/v1/nodes/${ident}`).catch((error) => {
      if (deleted.length > 0) note(`Deleted before the error: ${deleted.join(', ')}`);
      throw error;
    });
    deleted.push(ident);
  }
  print(command, { deleted }, () => deleted.map((ident) => `Node ${ident} is deleted.`).join('\n'));
}
