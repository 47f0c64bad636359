import { type Command, Option } from 'commander';
import { Client } from '../client/client.ts';
import { path } from '../client/path.ts';
import type { NetworkOut, OperationOut, SwitchOut, SwitchPortOut } from '../client/wire.ts';
import { ownerText, stateStyle, vlans, when } from '../output/describe.ts';
import { globals, print } from '../output/print.ts';
import { renderFields, renderTable } from '../output/table.ts';
import { collect, duration, members } from '../values.ts';
import { waitOperation } from '../wait/operation.ts';
import { diff, macs, neighbors } from './switch-now.ts';

interface Answer {
  switch: SwitchOut;
  operation: OperationOut | null;
}

interface WaitOptions {
  wait?: boolean;
  timeout?: number;
}

interface AddOptions extends WaitOptions {
  platform: string;
  option?: string[];
  ports: string[];
  vlans: string;
  rest?: string;
  physicalNetwork?: string;
}

const withWait = (command: Command): Command =>
  command
    .option('-w, --wait', 'until its ports are as they should be')
    .option('--timeout <time>', 'with --wait: give up after this time (90, 10m)', duration);

export function addSwitch(program: Command): void {
  const group = program.command('switch').description('switches under management, and their ports');
  withWait(
    group
      .command('add')
      .description('put a switch under management; only the ports and VLANs named here are ever written')
      .argument('<name>', 'your name for it')
      .requiredOption('--platform <name>', 'driver: arista-eos, ovs ...')
      .option('-o, --option <key=value>', 'of the driver, such as host=192.0.2.1 (repeatable; password=@FILE)', collect)
      .requiredOption('--ports <list>', "managed ports, such as 'Ethernet1-24,Ethernet30'", (text: string) =>
        text.split(','),
      )
      .requiredOption('--vlans <ranges>', 'managed VLANs, such as 100-199,300')
      .addOption(
        new Option('--rest <network>', 'where ports rest that no NIC is known on').choices(['inspection', 'idle']),
      )
      .option('--physical-network <name>', 'as networks name it'),
  ).action(add);
  group.command('list').description('switches').action(list);
  const one = (name: string, description: string) =>
    group.command(name).description(description).argument('<switch>', 'name or id');
  one('show', 'everything about a switch').action(show);
  one('ports', 'its ports: what they carry, what they should, and who hangs on them')
    .option('--managed', 'only the managed ones')
    .action(ports);
  one('neighbors', 'what it hears over LLDP now').action(neighbors);
  one('macs', 'the MAC addresses it has learned, and where').action(macs);
  one('diff', 'ports that are not as intended, and what would be sent; nothing is sent').action(diff);
  withWait(one('refresh', 'read it again and put its ports right')).action(refresh);
  one('remove', 'let it go; its ports stay as they are').action(remove);
}

async function add(name: string, options: AddOptions, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const answer = await client.post<Answer>('/fabric/v1/switches', {
    name,
    platform: options.platform,
    options: members(options.option ?? []),
    managed_ports: options.ports.map((port) => port.trim()).filter((port) => port !== ''),
    managed_vlans: options.vlans,
    rest_policy: options.rest,
    physical_network: options.physicalNetwork,
  });
  await report(command, client, answer, options, `Switch ${name} is added`);
}

async function refresh(ident: string, options: WaitOptions, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const answer = await client.post<Answer>(path`/fabric/v1/switches/${ident}/refresh`);
  await report(command, client, answer, options, `Switch ${answer.switch.name} is read`);
}

async function report(command: Command, client: Client, answer: Answer, options: WaitOptions, done: string) {
  const { operation } = answer;
  const ended = operation && options.wait ? await waitOperation(client, operation.id, options.timeout) : operation;
  print(command, { switch: answer.switch, operation: ended }, () => {
    const { name, model, version } = answer.switch;
    const what = [model, version].filter(Boolean).join(' ');
    const rest = !ended
      ? 'Its ports are as they should be.'
      : options.wait
        ? `${ended.legs.length} ports were put right.`
        : `${ended.legs.length} ports are being put right: switchyard operation show ${ended.id} --wait`;
    return `${done}${what ? ` (${what})` : ''}. ${rest}\nSee its ports with: switchyard switch ports ${name}`;
  });
}

async function list(_options: object, command: Command): Promise<void> {
  const switches = await new Client(globals(command)).all<SwitchOut>('/fabric/v1/switches', 'switches');
  print(command, switches, () => {
    if (switches.length === 0) return 'No switches. Add one with: switchyard switch add --help';
    return renderTable<SwitchOut>(
      [
        { title: 'Switch', value: ({ name }) => name },
        { title: 'Platform', value: ({ platform }) => platform },
        { title: 'Model', value: ({ model }) => model, shrink: true },
        { title: 'Version', value: ({ version }) => version, shrink: true },
        { title: 'State', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
        { title: 'Managed ports', value: ({ managed_ports }) => managed_ports.join(','), shrink: true },
        { title: 'VLANs', value: ({ managed_vlans }) => managed_vlans, shrink: true },
        { title: 'Last error', value: ({ last_error }) => last_error, style: () => 'bad', shrink: true },
      ],
      switches,
    );
  });
}

async function show(ident: string, _options: object, command: Command): Promise<void> {
  const one = await new Client(globals(command)).get<SwitchOut>(path`/fabric/v1/switches/${ident}`);
  print(command, one, () =>
    renderFields([
      ['Name', one.name],
      ['Id', one.id],
      ['Platform', one.platform],
      ['State', one.state],
      ['Last error', one.last_error],
      ['Model', one.model],
      ['Version', one.version],
      ['Host name', one.hostname],
      ['Chassis ids', one.chassis_ids.join(', ')],
      ['Managed ports', one.managed_ports.join(', ')],
      ['Managed VLANs', one.managed_vlans],
      ['Ports rest in', one.rest_policy],
      ['Physical network', one.physical_network],
      ['Options', JSON.stringify(one.options)],
      ['Last read', when(one.observed_at)],
      ['Added', when(one.created_at)],
    ]),
  );
}

async function ports(ident: string, options: { managed?: boolean }, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const [found, networks] = await Promise.all([
    client.all<SwitchPortOut>(path`/fabric/v1/switches/${ident}/ports`, 'ports', { managed: options.managed }),
    client.all<NetworkOut>('/fabric/v1/networks', 'networks'),
  ]);
  const names = new Map(networks.map(({ id, name }) => [id, name]));
  print(command, found, () =>
    renderTable<SwitchPortOut>(
      [
        { title: 'Port', value: ({ port_id }) => port_id },
        { title: 'Link', value: ({ observed }) => linkText(observed) },
        { title: 'Mode', value: ({ observed }) => observed?.mode },
        { title: 'VLANs', value: ({ observed }) => vlans(observed), align: 'right' },
        { title: 'Intended', value: ({ intent }) => vlans(intent), align: 'right' },
        { title: 'State', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
        { title: 'Network', value: ({ owner }) => ownerText(owner, names), shrink: true },
        { title: 'NIC', value: ({ nic }) => nic?.address },
        { title: 'Node', value: ({ nic }) => nic?.node_name ?? nic?.node_uuid, shrink: true },
        { title: 'Last error', value: ({ last_error }) => last_error, style: () => 'bad', shrink: true },
      ],
      found,
    ),
  );
}

function linkText(observed: SwitchPortOut['observed']): string | null {
  if (!observed) return null;
  if (!observed.admin_up) return 'off';
  return observed.oper_up === null ? null : observed.oper_up ? 'up' : 'down';
}

async function remove(ident: string, _options: object, command: Command): Promise<void> {
  await new Client(globals(command)).delete(path`/fabric/v1/switches/${ident}`);
  print(command, { removed: ident }, () => `Switch ${ident} is no longer managed; its ports stay as they are.`);
}
