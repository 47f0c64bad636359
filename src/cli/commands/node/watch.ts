import type { Command } from 'commander';
import { Client } from '../../client/client.ts';
import { eventStream } from '../../client/event-stream.ts';
import type { EventOut } from '../../client/wire.ts';
import { eventLine } from '../../output/describe.ts';
import { globals, note, print } from '../../output/print.ts';
import { duration } from '../../values.ts';
import { followNode, labelOf, nodeSummary, untilState } from '../../wait/node.ts';

export function addNodeWatch(node: Command): void {
  node
    .command('watch')
    .description('what happens to a node (or to all) as it happens; JSON lines with --json')
    .argument('[node]', 'name or uuid')
    .option('--until <state>', 'end when the node is in this state: 0, or 1 when it failed on the way')
    .option('--timeout <time>', 'with --until: give up after this time (90, 10m, 2h)', duration)
    .action(watch);
}

async function watch(
  ident: string | undefined,
  options: { until?: string; timeout?: number },
  command: Command,
): Promise<void> {
  const client = new Client(globals(command));
  const show = (event: EventOut) => printEvent(command, event);
  if (ident === undefined) {
    if (options.until !== undefined) command.error('error: --until needs a node', { exitCode: 2 });
    for await (const event of eventStream(client, { kind: 'node' }, new AbortController().signal)) show(event);
    return;
  }
  const now = await nodeSummary(client, ident);
  if (!globals(command).json) note(`${labelOf(now)} is in "${now.provision_state}"`);
  const { until } = options;
  if (until === undefined) {
    for await (const event of eventStream(client, { node: now.uuid }, new AbortController().signal)) show(event);
    return;
  }
  const end = await followNode(client, now.uuid, {
    verdict: untilState(until),
    goal: until,
    timeoutMs: options.timeout,
    onEvent: show,
  });
  if (!globals(command).json) note(`${labelOf(end)} is in "${end.provision_state}"`);
}

/** One line an event: for people, or JSON. */
export function printEvent(command: Command, event: EventOut): void {
  if (globals(command).json) process.stdout.write(`${JSON.stringify(event)}\n`);
  else print(command, event, () => eventLine(event));
}
