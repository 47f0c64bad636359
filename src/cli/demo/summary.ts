import { type Column, renderTable } from '../output/table.ts';
import type { DemoReport, NodeReport } from './report.ts';

/** Steps summed up for the table; every step by itself is in --json. */
const GROUPS: ReadonlyArray<{ title: string; steps: RegExp }> = [
  { title: 'POWER', steps: /^power-/ },
  { title: 'PORT MOVES', steps: /^network-/ },
  { title: 'RAMDISK', steps: /^ramdisk$/ },
  { title: 'ERASE', steps: /^clean-steps$/ },
  { title: 'IMAGE', steps: /^(prepare-image|write-image|install-bootloader)$/ },
];

const COLUMNS: ReadonlyArray<Column<NodeReport>> = [
  { title: 'NODE', value: (node) => node.name },
  { title: 'STATE', value: (node) => node.state, style: (node) => (node.state === 'active' ? 'good' : 'bad') },
  { title: 'PROJECT', value: (node) => node.project },
  { title: 'HOSTNAME', value: (node) => node.hostname },
  { title: 'SWITCH PORT', value: (node) => switchPort(node) },
  ...GROUPS.map(
    ({ title, steps }): Column<NodeReport> => ({
      title: `${title} s`,
      value: (node) => sum(node, steps).toFixed(1),
      align: 'right',
    }),
  ),
];

export function renderSummary(report: DemoReport): string {
  const networks = report.nodes.map((node) => `  ${node.name.padEnd(8)} ${stays(node)}`);
  const hears = report.nodes.map((node) => `  ${node.name.padEnd(8)} ${heardOn(node) || 'nobody'}`);
  return [
    renderTable(COLUMNS, report.nodes, { width: null }),
    '',
    'Networks each node passed (seconds), from the record of its switch port:',
    ...networks,
    '',
    'Whose frames reach whom now, and on which network:',
    ...hears,
    '',
    `${report.nodes.length} nodes, ${report.seconds.toFixed(1)} s in all.`,
  ].join('\n');
}

export function renderNextSteps(url: string, kept: boolean): string {
  const program = 'npm run -s switchyard --';
  if (!kept) return `Look around in a running one: npm run demo -- --keep`;
  return [
    `The controller and the rack go on at ${url} (Ctrl-C ends them). In another terminal:`,
    `  ${program} node list`,
    `  ${program} link list`,
    `  ${program} switch ports leaf1`,
    `  ${program} node undeploy node-2`,
    `  curl -s ${url}/fabric/v1/events?limit=5`,
    `  curl -s -H 'X-OpenStack-Ironic-API-Version: 1.78' ${url}/v1/nodes`,
    `  baremetal --os-auth-type none --os-endpoint ${url} node list`,
  ].join('\n');
}

/** The port of the NIC it booted from: the first in the report has one. */
function switchPort(node: NodeReport): string | null {
  const link = node.ports.find((port) => port.local_link_connection.port_id)?.local_link_connection;
  return link ? `${link.switch_info ?? link.switch_id} ${link.port_id}` : null;
}

function sum(node: NodeReport, steps: RegExp): number {
  return node.steps.filter(({ step }) => steps.test(step)).reduce((total, { seconds }) => total + seconds, 0);
}

function heardOn(node: NodeReport): string {
  const networks = Map.groupBy(node.hears, ({ network }) => network);
  return [...networks].map(([network, heard]) => `${network}: ${heard.map((one) => one.node).join(' ')}`).join('; ');
}

function stays(node: NodeReport): string {
  return node.networks
    .map(({ name, from, to }) =>
      to === null ? name : `${name} ${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)}`,
    )
    .join(' > ');
}
