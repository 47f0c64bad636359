import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { MIB } from '../../provisioner/ramdisk/agent/disk/disk.ts';
import { IDLE_VLAN, ROLE_NETWORKS, TENANTS } from '../../src/cli/demo/setup.ts';
import type { SimServer } from '../../src/rack/server.ts';
import { type KillableRack, startKillableRack, until } from './killable.ts';
import type { NodeView } from './nodes.ts';
import { faultsOnTheWire } from './wire-record.ts';

const LONG_MS = 600_000;
/** Long enough that a node stands still where it is to be killed; the BMC's answer comes before a client gives up. */
const STILL = { bmcDelayMs: 25_000, postMs: 300_000, diskDelayMs: 2_000 };

const [BLUE, GREEN] = TENANTS;

interface Scenario {
  name: string;
  /** Where the node stands when the controller is killed. */
  at: (node: NodeView) => boolean;
  /** From where it starts. */
  from: 'enroll' | 'manageable' | 'inspected' | 'available' | 'active';
  begin(rack: KillableRack, server: SimServer): Promise<void>;
  ends: string;
  vlan: number | null;
}

const is = (state: string) => (node: NodeView) => node.provision_state === state;

function slowBmc(server: SimServer): void {
  server.knobs.bmcDelayMs = STILL.bmcDelayMs;
}

function slowBoot(server: SimServer): void {
  server.knobs.postMs = STILL.postMs;
}

const begin =
  (target: string, slow: (server: SimServer) => void) =>
  async ({ nodes }: KillableRack, server: SimServer): Promise<void> => {
    slow(server);
    await (target === 'active' ? nodes.deploy(server.name) : nodes.ask(server.name, target));
  };

/** One server each, by its place in the list. */
const SCENARIOS: Scenario[] = [
  {
    name: 'verifying',
    from: 'enroll',
    at: is('verifying'),
    begin: begin('manage', slowBmc),
    ends: 'manageable',
    vlan: null,
  },
  {
    name: 'inspecting, before the boot',
    from: 'manageable',
    at: is('inspecting'),
    begin: begin('inspect', slowBmc),
    ends: 'manageable',
    vlan: IDLE_VLAN,
  },
  {
    name: 'inspect wait',
    from: 'manageable',
    at: is('inspect wait'),
    begin: begin('inspect', slowBoot),
    ends: 'manageable',
    vlan: IDLE_VLAN,
  },
  {
    name: 'cleaning, before the boot',
    from: 'inspected',
    at: is('cleaning'),
    begin: begin('provide', slowBmc),
    ends: 'available',
    vlan: IDLE_VLAN,
  },
  {
    name: 'clean wait',
    from: 'inspected',
    at: is('clean wait'),
    begin: begin('provide', slowBoot),
    ends: 'available',
    vlan: IDLE_VLAN,
  },
  {
    name: 'cleaning, while the disk is erased',
    from: 'inspected',
    at: (node) => node.provision_state === 'cleaning' && node.clean_step.step === 'erase_devices',
    async begin({ nodes }, server) {
      const disk = await server.disk.open('test');
      for (let block = 0; block < 64; block++) await disk.write(Buffer.alloc(MIB, 0xa5), block * MIB);
      await disk.close();
      server.disk.delayMs = STILL.diskDelayMs;
      await nodes.ask(server.name, 'provide');
    },
    ends: 'available',
    vlan: IDLE_VLAN,
  },
  {
    name: 'deploying, before the call-back',
    from: 'available',
    at: is('deploying'),
    begin: begin('active', slowBmc),
    ends: 'active',
    vlan: BLUE.vlan,
  },
  {
    name: 'wait call-back',
    from: 'available',
    at: is('wait call-back'),
    begin: begin('active', slowBoot),
    ends: 'active',
    vlan: GREEN.vlan,
  },
  {
    name: 'deploying, while the image is written',
    from: 'available',
    at: (node) => node.provision_state === 'deploying' && node.deploy_step.step === 'write_image',
    begin: begin('active', (server) => {
      server.disk.delayMs = STILL.diskDelayMs;
    }),
    ends: 'active',
    vlan: BLUE.vlan,
  },
  {
    name: 'deleting',
    from: 'active',
    at: is('deleting'),
    begin: begin('deleted', slowBmc),
    ends: 'available',
    vlan: IDLE_VLAN,
  },
  {
    name: 'deploy failed, on the way out of the provisioning network',
    from: 'available',
    at: is('deploy failed'),
    async begin({ nodes }, server) {
      slowBoot(server);
      await nodes.deploy(server.name);
      await nodes.when(server.name, is('wait call-back'), 'wait call-back');
      slowBmc(server);
      await nodes.ask(server.name, 'abort');
    },
    ends: 'deploy failed',
    vlan: IDLE_VLAN,
  },
  {
    name: 'a reboot that was asked for',
    from: 'active',
    at: (node) => node.target_power_state !== null,
    async begin({ nodes }, server) {
      slowBmc(server);
      await nodes.power(server.name, 'rebooting');
    },
    ends: 'active',
    vlan: GREEN.vlan,
  },
];

let site: KillableRack;

const tenantOf = (index: number) => (SCENARIOS[index]!.vlan === GREEN.vlan ? GREEN : BLUE);
/** Any of its NICs: a tenant's network is laid on the one that the inspection was booted through, mostly the first. */
const isIn = (server: SimServer, vlan: number) =>
  server.nics.some(({ jack: { model, portId } }) => model.port(portId).untagged === vlan);

beforeAll(async () => {
  const lifecycle = { inspectWaitSeconds: 240, cleanWaitSeconds: 240, deployWaitSeconds: 240, agentSilenceSeconds: 60 };
  site = await startKillableRack({ servers: SCENARIOS.length, config: { lifecycle } });
}, LONG_MS);

afterAll(() => site?.stop(), LONG_MS);

function showLinesOnFailure(): void {
  onTestFailed(() => {
    console.error(site.lines.slice(-200).join('\n'));
  });
}

describe('a controller that is killed (kill -9) and started again', () => {
  beforeAll(async () => {
    const { rack, nodes, controller } = site;
    const each = (work: (server: SimServer, scenario: Scenario, index: number) => Promise<void>) =>
      Promise.all(SCENARIOS.map((scenario, index) => work(rack.servers[index]!, scenario, index)));
    try {
      await each(async ({ name }, { from }, index) => {
        if (from === 'enroll') return;
        await nodes.manage(name);
        if (from === 'manageable') return;
        await nodes.inspect(name);
        if (from === 'inspected') return;
        await nodes.provideUncleaned(name);
        await nodes.prepare(name, tenantOf(index));
        if (from === 'available') return;
        await nodes.deploy(name);
        await nodes.ends(name, 'active');
      });
      await each((server, scenario) => scenario.begin(site, server));
      await until(
        'every node where it is to be killed',
        async () => {
          const seen = await Promise.all(rack.servers.map(({ name }) => nodes.get(name)));
          return seen.every((node, index) => SCENARIOS[index]!.at(node)) ? seen : null;
        },
        60_000,
      );
      await controller.kill();
      for (const server of rack.servers) {
        Object.assign(server.knobs, { bmcDelayMs: 0, postMs: 150 });
        server.disk.delayMs = 0;
      }
      await controller.start();
    } catch (error) {
      const states = await Promise.all(rack.servers.map(({ name }) => nodes.get(name).catch(() => null)));
      const where = states.map(
        (node, index) => `${SCENARIOS[index]!.name}: ${node?.provision_state} ${node?.last_error}`,
      );
      throw new Error(`${String(error)}\n${where.join('\n')}\n${site.lines.slice(-200).join('\n')}`);
    }
  }, LONG_MS);

  test.each(SCENARIOS.map((scenario, index) => ({ ...scenario, index })))(
    '$name: ends in $ends',
    async ({ ends, vlan, index }) => {
      showLinesOnFailure();
      const { nodes, rack } = site;
      const server = rack.servers[index]!;
      const node = await nodes.ends(server.name, ends);
      if (vlan !== null) {
        await until(`${server.name} in VLAN ${vlan}`, async () => isIn(server, vlan) || null, 60_000);
      }
      if (ends === 'available') expect(await server.disk.isEmpty()).toBe(true);
      if (ends === 'active') {
        const idle = (one: NodeView) => one.target_power_state === null && one.power_state === 'power on';
        await nodes.when(server.name, idle, 'powered on');
        const instance = await until(`${server.name} runs`, async () => server.instance, 60_000);
        expect(await instance.imageDigest(site.image.bytes)).toBe(site.image.sha256);
        expect(instance.hostname).toBe(`host-${server.name}`);
      } else if (ends.endsWith('failed')) {
        expect(node.last_error).toContain('aborted by');
        await until('the power is off', async () => (server.powered() ? null : true), 60_000);
        expect((await nodes.get(server.name)).last_error).toContain('aborted by');
      } else expect(node.last_error).toBeNull();
    },
    LONG_MS,
  );

  test('no switch port ever carried what was neither its old nor its new network', async () => {
    showLinesOnFailure();
    expect(await faultsOnTheWire(site.api, site.rack)).toEqual([]);
  });
});

/** mulberry32: a number of 32 bits is enough to run a failure again. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEED = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 32);
const AT_ONCE = 6;

describe(`killed at any moment (TEST_SEED=${SEED})`, () => {
  const random = randomOf(SEED);

  test.each([
    { what: 'the controller', database: false },
    { what: 'the controller and its database', database: true },
  ])(
    '$what: every node gets where it was going, or says why not, and its port rests',
    async ({ database }) => {
      showLinesOnFailure();
      const { rack, nodes, controller } = site;
      for (const one of rack.switches) one.device.device.knobs.lineLatencyMs = 20;
      const servers = rack.servers.slice(0, AT_ONCE);
      const asked = await Promise.all(servers.map((server, index) => askNext(server, index, random())));
      await new Promise((resolve) => setTimeout(resolve, random() * 8_000));
      await controller.kill({ database });
      await controller.start();
      for (const one of rack.switches) one.device.device.knobs.lineLatencyMs = 0;
      for (const [index, wanted] of asked.entries()) {
        const server = servers[index]!;
        const node = await nodes.when(
          server.name,
          ({ provision_state: state, reservation }) =>
            !reservation && /^(manageable|available|active|enroll)$|failed|error/.test(state),
          'at rest',
          LONG_MS / 2,
        );
        if (node.provision_state !== wanted) {
          expect(node.provision_state, `${server.name} was on its way to ${wanted}`).toMatch(/failed$/);
          expect(node.last_error, server.name).toBeTruthy();
        }
        const vlan = node.provision_state === 'active' ? tenantOf(index).vlan : await restingVlan(server);
        await until(`${server.name} in VLAN ${vlan}`, async () => isIn(server, vlan) || null, 60_000).catch(
          async (error) => {
            const ports = await site.api.get(`/v1/nodes/${server.name}/ports?detail=true`);
            const vifs = await site.api.get(`/v1/nodes/${server.name}/vifs`);
            const history = server.nics.map(({ jack }) =>
              jack.model.history.filter((one) => one.portId === jack.portId),
            );
            throw new Error(`${error} ${JSON.stringify({ node, ports, vifs, history }, null, 1)}`);
          },
        );
      }
      expect(await faultsOnTheWire(site.api, rack)).toEqual([]);
    },
    LONG_MS,
  );

  /** Idle; a server that was never inspected to the end hangs on a port that nobody knows, and those rest in inspection. */
  async function restingVlan(server: SimServer): Promise<number> {
    const { ports } = (await site.api.get(`/v1/nodes/${server.name}/ports?detail=true`)) as {
      ports: Array<{ local_link_connection: { port_id?: string } }>;
    };
    const mapped = ports.some(({ local_link_connection: link }) => link.port_id);
    return mapped ? IDLE_VLAN : ROLE_NETWORKS.find(({ role }) => role === 'inspection')!.vlan;
  }

  /** The next verb of the node's life; where it leads. */
  async function askNext(server: SimServer, index: number, chance: number): Promise<string> {
    const { nodes } = site;
    const { provision_state: state } = await nodes.get(server.name);
    if (state === 'manageable' && chance < 0.5) {
      await nodes.ask(server.name, 'inspect');
      return 'manageable';
    }
    if (state === 'manageable') {
      await nodes.ask(server.name, 'provide');
      return 'available';
    }
    if (state === 'available') {
      await nodes.prepare(server.name, tenantOf(index)).catch(async () => {
        // It kept its network from a deployment that failed.
        await nodes.patch(server.name, { lessee: tenantOf(index).project });
      });
      await nodes.deploy(server.name);
      return 'active';
    }
    if (state === 'active' || state === 'deploy failed') {
      await nodes.ask(server.name, 'deleted');
      return 'available';
    }
    await nodes.patch(server.name, { maintenance: false });
    await nodes.ask(server.name, 'manage');
    await nodes.when(server.name, is('manageable'), 'manageable');
    return 'manageable';
  }
});

describe('a controller that is told to stop (SIGTERM)', () => {
  test(
    'ends well with work under way and a switch that does not answer, leaves no process, and goes on when started again',
    async () => {
      showLinesOnFailure();
      const { rack, nodes, controller } = site;
      const name = rack.servers[0]!.name;
      await nodes.when(name, ({ provision_state: state }) => /^(manageable|available|active)$/.test(state), 'at rest');
      const { provision_state: state } = await nodes.get(name);
      if (state === 'active') await nodes.ask(name, 'deleted');
      else {
        if (state === 'available') await nodes.ask(name, 'manage');
        await nodes.when(name, is('manageable'), 'manageable');
        await nodes.ask(name, 'inspect');
      }
      for (const one of rack.switches) one.device.device.knobs.lineLatencyMs = 50_000;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const asked = Date.now();
      expect(await controller.stop()).toBe(0);
      // Far less than any of the time limits that would end the waiting otherwise.
      expect(Date.now() - asked).toBeLessThan(30_000);
      expect(await controller.postmaster()).toBeNull();
      for (const one of rack.switches) one.device.device.knobs.lineLatencyMs = 0;
      await controller.start();
      await nodes.ends(name, state === 'active' ? 'available' : 'manageable');
      expect(await faultsOnTheWire(site.api, rack)).toEqual([]);
    },
    LONG_MS,
  );
});
