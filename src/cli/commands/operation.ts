import { type Command, Option } from 'commander';
import { Client } from '../client/client.ts';
import { path } from '../client/path.ts';
import type { OperationOut } from '../client/wire.ts';
import { legsText, stateStyle, vlans, when } from '../output/describe.ts';
import { globals, print } from '../output/print.ts';
import { renderFields, renderTable } from '../output/table.ts';
import { duration, wholeNumber } from '../values.ts';
import { waitOperation } from '../wait/operation.ts';

export function addOperation(program: Command): void {
  const group = program.command('operation').description('changes of switch ports: what was asked, sent and read back');
  group
    .command('list')
    .description('operations, newest first')
    .option('--node <node>', 'only for this node')
    .addOption(new Option('--state <state>').choices(['pending', 'running', 'succeeded', 'failed']))
    .option('-n, --limit <number>', 'so many', wholeNumber, 50)
    .action(list);
  group
    .command('show')
    .description('an operation, port by port')
    .argument('<operation>', 'id')
    .option('-w, --wait', 'until it has ended; exit code 1 if it failed')
    .option('--timeout <time>', 'with --wait: give up after this time', duration)
    .action(show);
}

async function list(options: { node?: string; state?: string; limit: number }, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const { operations } = await client.get<{ operations: OperationOut[] }>('/fabric/v1/operations', { ...options });
  print(command, operations, () => {
    if (operations.length === 0) return 'No operations.';
    return renderTable<OperationOut>(
      [
        { title: 'Operation', value: ({ id }) => id },
        { title: 'Created', value: ({ created_at }) => when(created_at) },
        { title: 'State', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
        { title: 'Reason', value: ({ reason }) => reason, shrink: true },
        { title: 'By', value: ({ requested_by }) => requested_by, shrink: true },
        { title: 'Ports', value: legsText, shrink: true },
        { title: 'Error', value: ({ error }) => error?.message, style: () => 'bad', shrink: true },
      ],
      operations,
    );
  });
}

async function show(id: string, options: { wait?: boolean; timeout?: number }, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const operation = options.wait
    ? await waitOperation(client, id, options.timeout)
    : await client.get<OperationOut>(path`/fabric/v1/operations/${id}`);
  print(command, operation, () => {
    const fields = renderFields([
      ['Operation', operation.id],
      ['State', operation.state],
      ['Kind', operation.kind],
      ['Reason', operation.reason],
      ['Asked for by', operation.requested_by],
      ['Node', operation.node_uuid],
      ['Error', operation.error?.message],
      ['Created', when(operation.created_at)],
      ['Finished', when(operation.finished_at)],
    ]);
    if (operation.legs.length === 0) return fields;
    return `${fields}\n\n${renderTable(
      [
        { title: 'Switch', value: (leg) => leg.switch },
        { title: 'Port', value: ({ port_id }) => port_id },
        { title: 'From', value: ({ from }) => vlans(from), align: 'right' },
        { title: 'To', value: ({ to }) => vlans(to), align: 'right' },
        { title: 'Read back', value: ({ read_back }) => vlans(read_back), align: 'right' },
        { title: 'State', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
        { title: 'Error', value: ({ error }) => error, style: () => 'bad', shrink: true },
      ],
      operation.legs,
    )}`;
  });
}
