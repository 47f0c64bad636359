import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BmcTarget, RedfishBmc } from '../../../src/rack/redfish.ts';
import { atLeast, type Bench, median } from '../support/findings.ts';
import { needPackages } from '../support/needs.ts';
import { ApiClient, inParallel } from './client.ts';
import { startPeer } from './peer.ts';

const NODES = 1000;
/** Taken from enroll to available at a time, and how often with other nodes. */
const CYCLED = 100;
const CYCLES = 3;
const LISTS = 9;
const CONNECTIONS = 4;
const GOAL = 10;
const POLL_MS = 50;
const GIVE_UP_MS = 300_000;
const CREDENTIALS = { username: 'admin', password: 'bench' };

interface Side {
  name: string;
  client: ApiClient;
  /** `driver` and `driver_info` of node number `index`. */
  hardware(index: number): Record<string, unknown>;
  uuids: string[];
  seconds: Map<string, number[]>;
}

async function timed(side: Side, what: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  const taken = side.seconds.get(what) ?? [];
  taken.push((performance.now() - started) / 1000);
  side.seconds.set(what, taken);
}

async function createNodes(side: Side): Promise<void> {
  const indexes = Array.from({ length: NODES }, (_, index) => index);
  await inParallel(indexes, CONNECTIONS, async (index) => {
    const body = await side.client.expect(201, 'POST', '/v1/nodes', {
      ...side.hardware(index),
      name: `n${String(index).padStart(5, '0')}`,
      resource_class: 'bm',
      // Both sides: no cleaning between manageable and available.
      automated_clean: false,
      properties: { cpu_arch: 'x86_64', cpus: 64, memory_mb: 262_144, local_gb: 900 },
      extra: { rack: `r${index % 50}` },
    });
    side.uuids[index] = (JSON.parse(body) as { uuid: string }).uuid;
  });
}

async function list(side: Side, path: string): Promise<void> {
  const { nodes } = JSON.parse(await side.client.expect(200, 'GET', path)) as { nodes: unknown[] };
  if (nodes.length !== NODES) throw new Error(`${side.name} listed ${nodes.length} nodes of ${NODES}`);
}

/** Asks for a state of each node and waits until all of them are in it. */
async function bring(side: Side, uuids: readonly string[], target: string, state: string): Promise<void> {
  await inParallel(uuids, CONNECTIONS, async (uuid) => {
    for (;;) {
      const { status, body } = await side.client.send('PUT', `/v1/nodes/${uuid}/states/provision`, { target });
      if (status === 202) return;
      // Locked or no free worker: Ironic's way of asking to come again.
      if (status !== 409 && status !== 503) throw new Error(`${side.name}: ${target}: ${status} ${body.slice(0, 300)}`);
      await sleep(POLL_MS);
    }
  });
  const missing = new Set(uuids);
  for (const started = performance.now(); missing.size > 0; await sleep(POLL_MS)) {
    if (performance.now() - started > GIVE_UP_MS) throw new Error(`${side.name}: ${missing.size} are not ${state}`);
    const path = `/v1/nodes?provision_state=${state}&fields=uuid&limit=${NODES}`;
    const { nodes } = JSON.parse(await side.client.expect(200, 'GET', path)) as { nodes: { uuid: string }[] };
    for (const { uuid } of nodes) missing.delete(uuid);
  }
}

async function enrollToAvailable(side: Side, cycle: number): Promise<void> {
  const uuids = side.uuids.slice(cycle * CYCLED, (cycle + 1) * CYCLED);
  await bring(side, uuids, 'manage', 'manageable');
  await bring(side, uuids, 'provide', 'available');
}

/** BMCs that answer Redfish on real HTTP, for the nodes that are cycled. */
async function startBmcs(count: number): Promise<{ urls: string[]; stop(): Promise<void> }> {
  const bmcs = Array.from({ length: count }, (_, index) => {
    const octet = (shift: number) => ((index >> shift) & 255).toString(16).padStart(2, '0');
    let on = false;
    const target: BmcTarget = {
      name: `bench-${index}`,
      uuid: `be000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
      serial: `B${index}`,
      macs: [`02:be:00:00:${octet(8)}:${octet(0)}`],
      powered: () => on,
      power: (action) => {
        on = action === 'On' || action === 'ForceRestart';
      },
      knobs: { bmcDelayMs: 0 },
      boot: { target: 'None', enabled: 'Disabled' },
    };
    return new RedfishBmc(target, CREDENTIALS);
  });
  const urls = await Promise.all(bmcs.map((bmc) => bmc.listen()));
  return { urls, stop: async () => void (await Promise.all(bmcs.map((bmc) => bmc.close()))) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function startOwn(directory: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(fileURLToPath(new URL('./controller.ts', import.meta.url)), [directory]);
  const failed = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`The controller ended with ${code}`))),
  );
  failed.catch(() => undefined);
  const [url] = (await Promise.race([once(child, 'message'), failed])) as [string];
  return {
    url,
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

const side = (name: string, url: string, hardware: Side['hardware']): Side => ({
  name,
  client: new ApiClient(url, CONNECTIONS),
  hardware,
  uuids: [],
  seconds: new Map(),
});

const CREATE = `create ${NODES} nodes`;
const LIST = `list ${NODES} nodes`;
const DETAIL = `list ${NODES} nodes with all fields`;
const CYCLE = `enroll to available, ${CYCLED} nodes`;

async function measure(peer: Side, own: Side): Promise<void> {
  for (const each of [peer, own]) await timed(each, CREATE, () => createNodes(each));
  for (let round = 0; round < LISTS; round++) {
    for (const each of [peer, own]) {
      await timed(each, LIST, () => list(each, '/v1/nodes'));
      await timed(each, DETAIL, () => list(each, `/v1/nodes/detail?limit=${NODES}`));
    }
  }
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    for (const each of [peer, own]) await timed(each, CYCLE, () => enrollToAvailable(each, cycle));
  }
}

/**
 * Ironic: fake-hardware (its BMC is a function call), network noop, no automated cleaning, sqlite, one process. Ours: the
 * redfish driver against a BMC on real HTTP, no ports, no automated cleaning, embedded PostgreSQL with fsync, one process.
 */
export const bench: Bench = {
  name: 'ironic',
  title: `API list of ${NODES} nodes and enroll to available of ${CYCLED}, against Debian's Ironic (fake-hardware)`,
  async run() {
    await needPackages(['python3-ironic', 'curl']);
    const directory = await mkdtemp(path.join(os.tmpdir(), 'switchyard-bench-'));
    // PostgreSQL runs as another user.
    await chmod(directory, 0o755);
    const undo: Array<() => Promise<void>> = [() => rm(directory, { recursive: true, force: true })];
    try {
      const bmcs = await startBmcs(CYCLED * CYCLES);
      undo.push(bmcs.stop);
      const ironic = await startPeer(path.join(directory, 'peer'), await freePort());
      undo.push(ironic.stop);
      const controller = await startOwn(path.join(directory, 'own'));
      undo.push(controller.stop);
      const peer = side('ironic', ironic.url, (index) => ({
        driver: 'fake-hardware',
        driver_info: { redfish_address: `https://10.0.${index >> 8}.${index & 255}`, redfish_username: 'admin' },
      }));
      const own = side('switchyard', controller.url, (index) => ({
        driver: 'redfish',
        driver_info: {
          redfish_address: bmcs.urls[index] ?? `https://10.0.${index >> 8}.${index & 255}`,
          redfish_username: CREDENTIALS.username,
          redfish_password: CREDENTIALS.password,
          redfish_auth_type: 'basic',
        },
      }));
      undo.push(async () => [peer, own].forEach(({ client }) => void client.close()));
      // A node that is not in use rests here; no port is moved, since the nodes have none.
      const idle = { name: 'idle', role: 'idle', network_type: 'vlan', segmentation_id: 999 };
      await own.client.expect(201, 'POST', '/fabric/v1/networks', idle);
      await measure(peer, own);
      const figures: Record<string, number> = {};
      const ratios: Record<string, number> = {};
      for (const [what, taken] of peer.seconds) {
        const [theirs, ours] = [median(taken), median(own.seconds.get(what)!)];
        figures[`ironic ${what}, s`] = theirs;
        figures[`switchyard ${what}, s`] = ours;
        ratios[what] = theirs / ours;
      }
      return { figures, ratios, ...atLeast(GOAL, ratios, [LIST, CYCLE]) };
    } finally {
      for (const step of undo.reverse()) await step();
    }
  },
};
