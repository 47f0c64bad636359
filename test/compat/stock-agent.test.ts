import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { deploy, giveBack, verb } from '../../src/cli/demo/scenario.ts';
import { ROLE_NETWORKS, TENANTS } from '../../src/cli/demo/setup.ts';
import { type BmcTarget, RedfishBmc } from '../../src/rack/redfish.ts';
import { startTestRack, type TestRack } from '../support/rack.ts';

const PYTHON = '/usr/bin/python3';
/** A stand-in for the agent of a stock ramdisk, verified against a real conductor. It comes with the reference material. */
const AGENT = fileURLToPath(new URL('../../../shared/labs/peers/miniagent.py', import.meta.url));
const missing = [PYTHON, AGENT].filter((file) => !existsSync(file));
if (missing.length > 0) console.warn(`no stock agent is taken through a deployment: ${missing.join(', ')} missing`);

const MAC = '52:54:00:5a:6e:01';
const CREDENTIALS = { username: 'admin', password: 'stock-agent' };
const LONGEST_S = 300;
const vlanOf = (role: string) => ROLE_NETWORKS.find((network) => network.role === role)!.vlan;

/** A machine whose ramdisk is somebody else's: powered on to PXE it runs that agent, and whatever else it does nothing. */
class StockMachine implements BmcTarget {
  readonly name = 'stock';
  readonly uuid = '5a6e0000-0000-4000-8000-000000000001';
  readonly serial = 'STOCK1';
  readonly macs = [MAC];
  readonly knobs = { bmcDelayMs: 0 };
  boot: BmcTarget['boot'] = { target: 'None', enabled: 'Disabled' };
  /** The VLAN of its switch port at each power-on. */
  readonly vlans: Array<number | null> = [];
  readonly #agent: { program: string; log: string; apiPort: string; port: number };
  readonly #vlan: () => number | null;
  #process: ChildProcess | null = null;
  #on = false;

  constructor(agent: { program: string; log: string; apiPort: string; port: number }, vlan: () => number | null) {
    this.#agent = agent;
    this.#vlan = vlan;
  }

  powered(): boolean {
    return this.#on;
  }

  power(action: 'On' | 'ForceOff' | 'GracefulShutdown' | 'ForceRestart'): void {
    if (action !== 'On' || this.#on) void this.off();
    if (action !== 'On' && action !== 'ForceRestart') return;
    this.#on = true;
    this.vlans.push(this.#vlan());
    if (this.boot.target !== 'Pxe' || this.boot.enabled === 'Disabled') return;
    const { program, log, apiPort, port } = this.#agent;
    this.#process = spawn(PYTHON, [program, apiPort, MAC, String(port), log, String(LONGEST_S)], { stdio: 'ignore' });
  }

  async off(): Promise<void> {
    this.#on = false;
    const agent = this.#process;
    this.#process = null;
    if (!agent || agent.exitCode !== null || agent.signalCode !== null) return;
    const ended = once(agent, 'exit');
    agent.kill('SIGKILL');
    await ended;
  }
}

let undo = new AsyncDisposableStack();
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
}, 120_000);

/** A node whose NIC hangs on a port of the rack's switch, named by the operator: a stock agent need not tell. */
async function stockNode(rack: TestRack, program: string) {
  const { device, serverPorts } = rack.rack.switches[0]!;
  const portId = serverPorts[0]!;
  const log = join(rack.directory, 'agent.log');
  const agent = { program, log, apiPort: new URL(rack.url).port, port: await freePort() };
  const machine = new StockMachine(agent, () => device.model.port(portId).untagged);
  const bmc = new RedfishBmc(machine, CREDENTIALS);
  const address = await bmc.listen();
  undo.defer(() => bmc.close());
  undo.defer(() => machine.off());
  const { api } = rack;
  const { switches } = (await api.get('/fabric/v1/switches')) as { switches: Array<{ chassis_ids: string[] }> };
  await api.post('/v1/nodes', {
    name: machine.name,
    driver: 'redfish',
    driver_info: {
      redfish_address: address,
      redfish_username: CREDENTIALS.username,
      redfish_password: CREDENTIALS.password,
    },
    // The stand-in offers to erase metadata only.
    properties: { clean_mode: 'metadata' },
  });
  const { uuid } = await api.get(`/v1/nodes/${machine.name}?fields=uuid`);
  await api.post('/v1/ports', {
    node_uuid: uuid,
    address: MAC,
    local_link_connection: { switch_id: switches[0]!.chassis_ids[0], port_id: portId },
  });
  return { machine, log: () => readFile(log, 'utf8'), vlan: () => device.model.port(portId).untagged };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function unverified(rack: TestRack): Promise<string[]> {
  const { events } = (await rack.api.get('/fabric/v1/events?node=stock&kind=node.cabling-unverified&after=0')) as {
    events: Array<{ message: string }>;
  };
  return events.map((event) => event.message);
}

describe.skipIf(missing.length > 0)('an agent that is not ours (skipped without the stand-in)', () => {
  test('is taken through cleaning, deployment and cleaning', { timeout: 280_000 }, async () => {
    const rack = await startTestRack({
      servers: 0,
      switches: 1,
      config: { provisioner: { requireAgentTls: false } },
    });
    undo.defer(() => rack.stop());
    const { machine, log, vlan } = await stockNode(rack, AGENT);
    const [tenant] = TENANTS;

    await verb(rack.api, machine.name, 'manage', 'manageable');
    await verb(rack.api, machine.name, 'provide', 'available');
    expect(await log()).toContain('clean.execute_clean_step');
    await deploy(rack.api, machine.name, tenant, rack.image);

    expect(vlan()).toBe(tenant.vlan);
    expect(machine.vlans).toEqual([vlanOf('cleaning'), vlanOf('provisioning'), tenant.vlan]);
    expect(machine.boot.target).toBe('Hdd');
    const told = (await log()).split('\n');
    const commands = told
      .filter((line) => line.startsWith('>>AGENT POST'))
      .map((line) => /"name": "([^"]+)"/.exec(line)?.[1]);
    expect(commands.slice(commands.indexOf('deploy.get_deploy_steps'))).toEqual([
      'deploy.get_deploy_steps',
      'deploy.execute_deploy_step',
      'standby.get_partition_uuids',
      'image.install_bootloader',
      'standby.sync',
    ]);
    const write = told.find((line) => line.includes('"deploy.execute_deploy_step"'));
    expect(write).toContain('"step": "write_image"');
    expect(write).toContain(`"os_hash_value": "${rack.image.sha256}"`);
    expect(await unverified(rack)).toEqual([expect.stringContaining('not verified')]);

    await giveBack(rack.api, machine.name);
    expect(vlan()).not.toBe(tenant.vlan);
    expect(machine.powered()).toBe(false);
  });

  test('need not know the command that asks for its inventory', { timeout: 280_000 }, async () => {
    const rack = await startTestRack({
      servers: 0,
      switches: 1,
      config: { provisioner: { requireAgentTls: false } },
    });
    undo.defer(() => rack.stop());
    const program = join(rack.directory, 'agent.py');
    const source = await readFile(AGENT, 'utf8');
    const place = "        n=b['name'].split";
    expect(source).toContain(place);
    const refusal =
      "        if b['name'].startswith('poll.'): return self.out(404,{'faultcode':'Client','faultstring':'poll'})\n";
    await writeFile(program, source.replace(place, refusal + place));
    const { machine, log, vlan } = await stockNode(rack, program);
    await verb(rack.api, machine.name, 'manage', 'manageable');
    await verb(rack.api, machine.name, 'provide', 'available');
    await deploy(rack.api, machine.name, TENANTS[1], rack.image);
    expect(await log()).toContain('"poll.get_hardware_info"');
    expect(vlan()).toBe(TENANTS[1].vlan);
    expect(await unverified(rack)).toEqual([expect.stringContaining('not verified')]);
  });
});
