import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, runDemo } from '../../src/cli/demo/run.ts';

const lines: string[] = [];
let demo: Demo;

beforeAll(async () => {
  demo = await runDemo({
    servers: 2,
    switches: 2,
    onPhase: (text) => lines.push(text),
    onReady: () => {},
    log: (line) => lines.push(line),
  });
}, 600_000);

afterAll(async () => {
  await demo?.stop();
}, 60_000);

test('every server known only by its BMC becomes a tenant’s machine', () => {
  expect(demo.report.nodes.map(({ name, state, project }) => ({ name, state, project }))).toEqual([
    { name: 'node-1', state: 'active', project: 'green' },
    { name: 'node-2', state: 'active', project: 'green' },
  ]);
});

test('switch ports are known from LLDP', () => {
  const links = demo.report.nodes.flatMap(({ ports }) => ports.map((port) => port.local_link_connection));
  expect(links).toHaveLength(4);
  for (const link of links) {
    expect(link.switch_id).toMatch(/^02:1c:00:00:0[12]:00$/);
    expect(link.port_id).toMatch(/^Ethernet[12]$/);
  }
});

test('a node passes inspection, cleaning and provisioning, each left through idle, and cleaning again between tenants', () => {
  const names = (node: string) => demo.report.nodes.find(({ name }) => name === node)!.networks.map(({ name }) => name);
  const first = ['inspection', 'idle', 'cleaning', 'idle', 'provisioning', 'idle'];
  expect(names('node-2')).toEqual([...first, 'green-net']);
  expect(names('node-1')).toEqual([
    ...first,
    'blue-net',
    'idle',
    'cleaning',
    'idle',
    'provisioning',
    'idle',
    'green-net',
  ]);
});

test('the machine booted from the image that was written, under the name of its config drive', () => {
  expect(demo.report.nodes.map(({ hostname }) => hostname)).toEqual(['green-node-1', 'green-node-2']);
});

test('machines of one tenant hear each other on its network, and nobody on any other', () => {
  for (const [index, node] of demo.report.nodes.entries()) {
    expect(node.hears).toEqual([{ node: demo.report.nodes[1 - index]!.name, network: 'green-net' }]);
  }
});

test('the demo leaves nothing behind', async () => {
  await demo.stop();
  expect(existsSync(demo.directory)).toBe(false);
});
