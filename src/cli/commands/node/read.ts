import type { Command } from 'commander';
import { Client, type Json } from '../../client/client.ts';
import { path } from '../../client/path.ts';
import type { NodeSummary } from '../../client/wire.ts';
import { networksText, portsText, stateStyle, when } from '../../output/describe.ts';
import { globals, print } from '../../output/print.ts';
import { renderFields, renderTable } from '../../output/table.ts';
import { labelOf, nodeSummary } from '../../wait/node.ts';

export function addNodeReaders(node: Command): void {
  node
    .command('list')
    .description('nodes, where they hang and which networks they are in')
    .option('--state <state>', 'only those in this provision state')
    .option('--maintenance', 'only those in maintenance')
    .action(list);
  node.command('show').description('everything about a node').argument('<node>', 'name or uuid').action(show);
  node
    .command('validate')
    .description('is a node fit for use? Asks its BMC')
    .argument('<node>', 'name or uuid')
    .action(validate);
}

async function list(options: { state?: string; maintenance?: boolean }, command: Command): Promise<void> {
  const query = { provision_state: options.state, maintenance: options.maintenance };
  const nodes = await new Client(globals(command)).all<NodeSummary>('/fabric/v1/nodes', 'nodes', query);
  print(command, nodes, () => (nodes.length === 0 ? 'No nodes.' : nodeTable(nodes)));
}

export function nodeTable(nodes: readonly NodeSummary[]): string {
  return renderTable<NodeSummary>(
    [
      { title: 'Node', value: labelOf },
      {
        title: 'State',
        value: ({ provision_state }) => provision_state,
        style: ({ provision_state }) => stateStyle(provision_state),
      },
      { title: 'Power', value: ({ power_state }) => power_state?.replace(/^power /, '') },
      { title: 'Project', value: ({ project_id }) => project_id, shrink: true },
      { title: 'Switch port', value: portsText, shrink: true },
      { title: 'Network', value: networksText, shrink: true },
      { title: 'Remark', value: remark, style: () => 'bad', shrink: true },
    ],
    nodes,
  );
}

function remark({ maintenance, last_error, nics }: NodeSummary): string | null {
  const contradiction = nics.find((nic) => nic.contradiction !== null)?.contradiction ?? null;
  return [maintenance ? 'maintenance' : null, last_error, contradiction].filter(Boolean).join('; ') || null;
}

async function show(ident: string, _options: object, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const [node, summary] = await Promise.all([client.get(path`/v1/nodes/${ident}`), nodeSummary(client, ident)]);
  print(command, { ...node, nics: summary.nics }, () => `${fields(node, summary)}\n${nics(summary)}`);
}

function fields(node: Json, summary: NodeSummary): string {
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const object = (value: unknown) => (JSON.stringify(value ?? {}) === '{}' ? null : JSON.stringify(value));
  return renderFields([
    ['Name', summary.name],
    ['UUID', summary.uuid],
    ['State', summary.provision_state + (summary.target_provision_state ? ` → ${summary.target_provision_state}` : '')],
    ['Since', when(summary.provision_updated_at)],
    ['Power', text(node.power_state)],
    ['Last error', text(node.last_error)],
    ['Maintenance', summary.maintenance ? `yes${node.maintenance_reason ? `: ${node.maintenance_reason}` : ''}` : 'no'],
    ['Project', summary.project_id],
    ['Driver', summary.driver],
    ['Driver info', object(node.driver_info)],
    ['Properties', object(node.properties)],
    ['Instance info', object(node.instance_info)],
    ['Extra', object(node.extra)],
    ['Resource class', text(node.resource_class)],
    ['Created', when(text(node.created_at))],
  ]);
}

function nics({ nics }: NodeSummary): string {
  if (nics.length === 0) return 'No NICs known yet: inspect it, or give them with `node create --port MAC`.';
  return `\n${renderTable(
    [
      { title: 'NIC', value: ({ address }) => address },
      { title: 'Switch', value: (nic) => nic.switch },
      { title: 'Port', value: ({ port_id }) => port_id },
      { title: 'Network', value: ({ network }) => network },
      { title: 'VLAN', value: ({ vlan }) => vlan, align: 'right' },
      { title: 'Port state', value: ({ port_state }) => port_state, style: (nic) => stateStyle(nic.port_state ?? '') },
      { title: 'Attached', value: ({ vif }) => vif?.network },
      { title: 'Contradiction', value: ({ contradiction }) => contradiction, style: () => 'bad', shrink: true },
    ],
    nics,
  )}`;
}

async function validate(ident: string, _options: object, command: Command): Promise<void> {
  type Result = Record<string, { result: boolean | null; reason?: string }>;
  const answer = await new Client(globals(command)).get<Result>(path`/v1/nodes/${ident}/validate`);
  print(command, answer, () =>
    renderTable(
      [
        { title: 'Interface', value: ([name]) => name },
        {
          title: 'Result',
          value: ([, { result }]) => (result === null ? 'not offered' : result ? 'ok' : 'failed'),
          style: ([, { result }]) => (result === null ? 'faint' : result ? 'good' : 'bad'),
        },
        { title: 'Reason', value: ([, { reason }]) => reason, shrink: true },
      ],
      Object.entries(answer),
    ),
  );
  if (Object.values(answer).some(({ result }) => result === false)) process.exitCode = 1;
}
