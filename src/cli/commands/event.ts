import type { Command } from 'commander';
import { Client } from '../client/client.ts';
import { type EventFilter, eventStream } from '../client/event-stream.ts';
import type { EventOut } from '../client/wire.ts';
import { when } from '../output/describe.ts';
import { globals, print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';
import { wholeNumber } from '../values.ts';
import { printEvent } from './node/watch.ts';

export function addEvent(program: Command): void {
  const group = program.command('event').description('what happened');
  const filters = (command: Command): Command =>
    command
      .option('--node <node>', 'only about this node')
      .option('--switch <switch>', 'only about this switch')
      .option('--kind <kind>', 'only of this kind, or of kinds that begin so (node, port, switch ...)')
      .option('--after <number>', 'only what came after this event');
  filters(group.command('list').description('events, oldest first'))
    .option('-n, --limit <number>', 'so many, the newest', wholeNumber, 50)
    .action(list);
  filters(group.command('watch').description('events as they happen; JSON lines with --json')).action(watch);
}

async function list(options: EventFilter & { limit: number }, command: Command): Promise<void> {
  const { events } = await new Client(globals(command)).get<{ events: EventOut[] }>('/fabric/v1/events', {
    ...options,
  });
  const oldestFirst = options.after === undefined ? events.toReversed() : events;
  print(command, oldestFirst, () => {
    if (events.length === 0) return 'No events.';
    return renderTable<EventOut>(
      [
        { title: 'Event', value: ({ id }) => id, align: 'right' },
        { title: 'Time', value: ({ at }) => when(at) },
        { title: 'Kind', value: ({ kind }) => kind },
        { title: 'Message', value: ({ message }) => message, shrink: true },
      ],
      oldestFirst,
    );
  });
}

async function watch(options: EventFilter, command: Command): Promise<void> {
  const client = new Client(globals(command));
  for await (const event of eventStream(client, options, new AbortController().signal)) printEvent(command, event);
}
