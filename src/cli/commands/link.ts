import { type Command, Option } from 'commander';
import { Client } from '../client/client.ts';
import type { LinkOut } from '../client/wire.ts';
import { stateStyle, when } from '../output/describe.ts';
import { globals, print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';

interface Options {
  node?: string;
  switch?: string;
  state?: string;
}

export function addLink(program: Command): void {
  program
    .command('link')
    .description('the map: which NIC hangs on which switch port')
    .command('list')
    .description('links, and who says so')
    .option('--node <node>', 'only of this node')
    .option('--switch <switch>', 'only to this switch')
    .addOption(new Option('--state <state>', 'only in this state').choices(['mapped', 'unmapped', 'contradicted']))
    .action(list);
}

async function list(options: Options, command: Command): Promise<void> {
  const links = await new Client(globals(command)).all<LinkOut>('/fabric/v1/links', 'links', { ...options });
  print(command, links, () => {
    if (links.length === 0) return 'No links: they are learned when nodes are inspected.';
    return renderTable<LinkOut>(
      [
        { title: 'NIC', value: ({ address }) => address },
        { title: 'Node', value: ({ node_name, node_uuid }) => node_name ?? node_uuid },
        { title: 'Switch', value: (link) => link.switch },
        { title: 'Port', value: ({ port_id }) => port_id },
        { title: 'State', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
        { title: 'Told by', value: ({ evidence }) => evidence.map(({ source }) => source).join(', '), shrink: true },
        { title: 'Last', value: newest },
        { title: 'Contradiction', value: ({ contradiction }) => contradiction, style: () => 'bad', shrink: true },
      ],
      links,
    );
  });
}

const newest = ({ evidence }: LinkOut): string | null =>
  when(
    evidence
      .map(({ seen_at }) => seen_at)
      .sort()
      .at(-1),
  );
