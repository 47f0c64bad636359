import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Bmc, PowerState } from '../../../provisioner/bmc/bmc.ts';
import type { Fabric, Operation } from '../../../src/fabric/fabric.ts';
import type { LifecycleDeps } from '../../../src/lifecycle/deps.ts';
import { findNode, type NodeRow, type NodeUpdate } from '../../../src/lifecycle/node-record.ts';
import { silentLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store/store.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { testSecrets } from '../../support/secrets.ts';
import { testStore } from '../../support/store.ts';

/** A BMC that does what it is told, and can be told to fail. */
export class FakeBmc implements Bmc {
  power: PowerState = 'power off';
  fails: FabricError | null = null;
  /** What it was asked for, in order. */
  readonly asked: string[] = [];
  opened = 0;
  closed = 0;
  /** Called before each answer. */
  onAsk: () => Promise<void> = async () => {};

  async #ask(what: string): Promise<void> {
    this.asked.push(what);
    await this.onAsk();
    if (this.fails) throw this.fails;
  }

  async verify() {
    await this.#ask('verify');
    return { systemUuid: null, vendor: null, model: null, serial: null, macs: [] };
  }

  async powerState(): Promise<PowerState> {
    await this.#ask('powerState');
    return this.power;
  }

  async setPower(action: string): Promise<void> {
    await this.#ask(`setPower ${action}`);
    this.power = action === 'off' || action === 'soft' ? 'power off' : 'power on';
  }

  async getBootDevice() {
    await this.#ask('getBootDevice');
    return { device: 'pxe' as const, persistent: false };
  }

  async setBootDevice(device: string): Promise<void> {
    await this.#ask(`setBootDevice ${device}`);
  }

  supportedBootDevices() {
    return ['pxe' as const, 'disk' as const];
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

export interface TestLifecycle {
  deps: LifecycleDeps;
  store: Store;
  bmc: FakeBmc;
  /** Placements asked of the fabric. */
  placed: string[];
  /** What the fabric says of the next operations. */
  operation: { state: Operation['state']; error: Operation['error'] };
  addNode(columns?: NodeUpdate): Promise<string>;
  addNetwork(columns?: {
    project_id?: string | null;
    shared?: boolean;
    physical_network?: string | null;
  }): Promise<string>;
  addPort(node: string, columns?: Record<string, unknown>): Promise<{ uuid: string; address: string }>;
  node(uuid: string): Promise<NodeRow>;
  /** Nodes with a job that waits. */
  jobs(): Promise<string[]>;
  /** Empties the tables and gives the fakes their first behaviour back. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The lifecycle on a real database; the BMC, the fabric and the agent are fakes. */
export async function testLifecycle(): Promise<TestLifecycle> {
  const store = await testStore();
  const bmc = new FakeBmc();
  const placed: string[] = [];
  const operation: TestLifecycle['operation'] = { state: 'succeeded', error: null };
  const operationNow = (id: string): Operation => ({
    id,
    kind: 'place',
    ...operation,
    requestedBy: 'test',
    reason: 'test',
    nodeUuid: null,
    legs: [],
    createdAt: new Date().toISOString(),
    finishedAt: null,
  });
  const fabric: Fabric = {
    async place(_trx, _node, placement) {
      placed.push(placement);
      return operationNow(randomUUID());
    },
    settle: async () => operationNow(randomUUID()),
    operation: async (_db, id) => operationNow(id),
    waitOperation: async (id) => operationNow(id),
    learnLinks: async () => [],
  };
  const deps: LifecycleDeps = {
    store,
    fabric: { ...fabric },
    log: silentLog,
    conductor: 'test',
    openBmc({ driver_info }) {
      if (driver_info.redfish_address === undefined)
        throw new FabricError('driver_info_invalid', 'redfish_address is missing');
      bmc.opened += 1;
      return bmc;
    },
    prepareImage: async () => ({ url: 'http://127.0.0.1/image', sizeBytes: 1, sha256: 'a'.repeat(64) }),
    openAgent() {
      throw new FabricError('agent_unknown', 'no agent in this test');
    },
    httpBase: () => 'http://127.0.0.1:1',
    timeouts: {
      inspectWaitMs: 60_000,
      cleanWaitMs: 60_000,
      deployWaitMs: 60_000,
      powerChangeMs: 2_000,
      networkMs: 2_000,
      agentCommandMs: 60_000,
      agentSilenceMs: 60_000,
    },
    erase: 'whole-disk',
    secrets: testSecrets(),
    requireAgentTls: true,
  };
  let count = 0;
  return {
    deps,
    store,
    bmc,
    placed,
    operation,
    async addNode(columns = {}) {
      const uuid = randomUUID();
      const driver_info = JSON.stringify({ redfish_address: 'http://127.0.0.1:1' });
      await store.db
        .insertInto('node')
        .values({ uuid, driver: 'redfish', driver_info, ...(columns as object) })
        .execute();
      return uuid;
    },
    async addNetwork(columns = {}) {
      const id = randomUUID();
      count += 1;
      await store.db
        .insertInto('network')
        .values({ id, name: `net-${count}`, network_type: 'vlan', segmentation_id: 200 + count, ...columns })
        .execute();
      return id;
    },
    async addPort(node, columns = {}) {
      count += 1;
      const port = { uuid: randomUUID(), address: `02:00:00:00:00:${count.toString(16).padStart(2, '0')}` };
      await store.db
        .insertInto('port')
        .values({ ...port, node_uuid: node, ...columns })
        .execute();
      return port;
    },
    node: (uuid) => findNode(store.db, uuid),
    async jobs() {
      const { rows } = await sql<{ id: string }>`
        select payload ->> 'id' as id from graphile_worker._private_jobs order by id`.execute(store.db);
      return rows.map(({ id }) => id);
    },
    async reset() {
      await sql`truncate node, network, switch, event, graphile_worker._private_jobs cascade`.execute(store.db);
      Object.assign(bmc, { power: 'power off', fails: null, opened: 0, closed: 0, onAsk: async () => {} });
      bmc.asked.length = 0;
      placed.length = 0;
      Object.assign(operation, { state: 'succeeded', error: null });
      Object.assign(deps.fabric, fabric);
    },
    close: () => store.close(),
  };
}
