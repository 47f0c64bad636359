import { open } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MIB } from '../../provisioner/ramdisk/agent/disk/disk.ts';
import { IDLE_VLAN, ROLE_NETWORKS, routedNetworks, TENANTS } from '../../src/cli/demo/setup.ts';
import { Nic } from '../../src/rack/nic.ts';
import { Router } from '../../src/rack/router.ts';
import type { SimServer } from '../../src/rack/server.ts';
import { startTestRack, type TestRack } from '../support/rack.ts';
import { until } from './killable.ts';
import { Nodes, type NodeView } from './nodes.ts';
import { faultsOnTheWire } from './wire-record.ts';

const LONG_MS = 600_000;
const [BLUE, GREEN] = TENANTS;
const vlanOfRole = (role: string) => ROLE_NETWORKS.find((network) => network.role === role)!.vlan;

let site: TestRack;
let nodes: Nodes;

beforeAll(async () => {
  const lifecycle = { cleanWaitSeconds: 45, inspectWaitSeconds: 45, agentSilenceSeconds: 5 };
  site = await startTestRack({ servers: 4, switches: 2, config: { lifecycle } });
  nodes = new Nodes(site.api, site.image);
}, LONG_MS);

afterAll(() => site?.stop(), LONG_MS);

afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(site.lines.slice(-150).join('\n'));
});

const vlanOf = (server: SimServer, nic = 0) => {
  const { model, portId } = server.nics[nic]!.jack;
  return model.port(portId).untagged;
};

const server = (index: number) => site.rack.servers[index]!;

/** What an operator finds after any failure: the power off, the port in quarantine, and words that help. */
async function expectQuarantine(name: string, lastError: RegExp): Promise<NodeView> {
  const machine = site.rack.servers.find((one) => one.name === name)!;
  await until(
    `${name} off and idle`,
    async () => (!machine.powered() && vlanOf(machine) === IDLE_VLAN ? true : null),
    120_000,
  );
  const node = await nodes.get(name);
  expect(node.last_error).toMatch(lastError);
  return node;
}

/** Puts a port into a VLAN as a hand at the switch's console would. */
function setVlan({ nics }: SimServer, vlan: number): void {
  const { model, portId } = nics[0]!.jack;
  model.change('by hand', (config) => {
    Object.assign(config.ports[portId]!, { mode: 'access', accessVlan: vlan });
  });
}

describe('before anything is known of a server', () => {
  test('every managed port rests in inspection', () => {
    for (const one of site.rack.switches) {
      for (const portId of one.serverPorts) {
        expect(one.device.model.port(portId)).toMatchObject({ untagged: vlanOfRole('inspection'), tagged: [] });
      }
    }
  });

  test(
    'a stranger gets no address on the provisioning and cleaning networks, and one on the inspection network',
    async () => {
      const { device, serverPorts } = site.rack.switches[0]!;
      const used = new Set(
        site.rack.servers.flatMap(({ nics }) => nics.map(({ jack }) => jack)).map((jack) => jack.portId),
      );
      const portId = serverPorts.findLast((port) => !used.has(port))!;
      const router = await Router.start(routedNetworks(site.block), site.dhcpServer);
      const jack = { model: device.model, portId };
      const stranger = new Nic({ name: 'eno1', mac: '02:bb:00:00:00:01', jack, wire: site.rack.wire, router });
      try {
        stranger.power(true);
        const ask = () =>
          stranger.dhcp({ uuid: 'bb000000-0000-4000-8000-000000000001', ipxe: true }, new AbortController().signal);
        for (const role of ['provisioning', 'cleaning']) {
          device.model.change('by hand', (config) => {
            Object.assign(config.ports[portId]!, { mode: 'access', accessVlan: vlanOfRole(role) });
          });
          expect(await ask(), role).toBeNull();
        }
        device.model.change('by hand', (config) => {
          Object.assign(config.ports[portId]!, { mode: 'access', accessVlan: vlanOfRole('inspection') });
        });
        expect(await ask()).toMatchObject({
          address: expect.stringContaining(`${site.block}.${vlanOfRole('inspection')}.`),
        });
      } finally {
        stranger.power(false);
        await router.stop();
      }
    },
    LONG_MS,
  );
});

describe('enrolment', () => {
  test(
    'a wrong BMC password leaves the node in enroll and says so; with the right one it goes on',
    async () => {
      await site.enrollNodes();
      const { name } = server(0);
      await nodes.patch(name, { 'driver_info/redfish_password': 'wrong' });
      await nodes.ask(name, 'manage');
      const node = await nodes.when(
        name,
        (one) => one.provision_state === 'enroll' && one.last_error !== null,
        'refused',
      );
      expect(node.last_error).toMatch(/user name|password|credentials/i);
      await nodes.patch(name, { 'driver_info/redfish_password': site.rack.bmcCredentials.password });
      await nodes.ask(name, 'manage');
      expect((await nodes.ends(name, 'manageable')).last_error).toBeNull();
    },
    LONG_MS,
  );

  test(
    'inspection maps each NIC to the port it hangs on, after which the ports rest in idle',
    async () => {
      await Promise.all(site.rack.servers.slice(1).map(({ name }) => nodes.manage(name)));
      await Promise.all(site.rack.servers.map(({ name }) => nodes.inspect(name)));
      for (const machine of site.rack.servers) {
        const { ports } = (await site.api.get(`/v1/nodes/${machine.name}/ports?detail=true`)) as {
          ports: Array<{ address: string; local_link_connection: { switch_info: string; port_id: string } }>;
        };
        for (const nic of machine.nics) {
          const port = ports.find(({ address }) => address === nic.mac);
          expect(port?.local_link_connection).toMatchObject({
            switch_info: nic.jack.model.running.hostname,
            port_id: nic.jack.portId,
          });
        }
        expect([vlanOf(machine, 0), vlanOf(machine, 1)]).toEqual([IDLE_VLAN, IDLE_VLAN]);
        expect(machine.powered()).toBe(false);
      }
    },
    LONG_MS,
  );
});

describe('an inspection', () => {
  test(
    'whose port is moved by hand gets no answer in the wrong VLAN, ends in time, and can be asked for again',
    async () => {
      const machine = server(3);
      machine.knobs.postMs = 300_000;
      await nodes.ask(machine.name, 'inspect');
      await nodes.when(machine.name, ({ provision_state: state }) => state === 'inspect wait', 'inspect wait');
      // The second NIC hangs elsewhere and would boot as well: it is unplugged before the first gives up.
      machine.nics[1]!.power(false);
      setVlan(machine, GREEN.vlan);
      machine.knobs.postMs = 150;
      const [nic] = machine.nics;
      const signal = new AbortController().signal;
      expect(await nic!.dhcp({ uuid: machine.uuid, ipxe: true }, signal)).toBeNull();
      const request = nic!.http()({ method: 'GET', url: `http://${site.block}.0.1/`, signal });
      await expect(request).rejects.toMatchObject({ code: 'http_failed' });
      await nodes.ends(machine.name, 'inspect failed');
      await expectQuarantine(machine.name, /Nothing was heard from the ramdisk.*link list/s);
      await nodes.inspect(machine.name);
      expect(vlanOf(machine)).toBe(IDLE_VLAN);
    },
    LONG_MS,
  );
});

describe('cleaning', () => {
  test(
    'of a machine that is switched off while its disk is erased fails in time, and passes when asked for again',
    async () => {
      const machine = server(2);
      const disk = await machine.disk.open('test');
      for (let block = 0; block < 32; block++) await disk.write(Buffer.alloc(MIB, 0xa5), block * MIB);
      await disk.close();
      machine.disk.delayMs = 2_000;
      await nodes.ask(machine.name, 'provide');
      await nodes.when(machine.name, ({ clean_step: step }) => step.step === 'erase_devices', 'erasing');
      machine.power('ForceOff');
      machine.disk.delayMs = 0;
      await nodes.ends(machine.name, 'clean failed');
      const node = await expectQuarantine(machine.name, /switched off|out of reach/);
      expect(node.maintenance).toBe(true);
      expect(await machine.disk.isEmpty()).toBe(false);
      await nodes.patch(machine.name, { maintenance: false });
      await nodes.manage(machine.name);
      await nodes.ask(machine.name, 'provide');
      await nodes.ends(machine.name, 'available');
      expect(await machine.disk.isEmpty()).toBe(true);
    },
    LONG_MS,
  );
});

describe('deployment', () => {
  beforeAll(async () => {
    const clean = async (index: number) => {
      await nodes.ask(server(index).name, 'provide');
      await nodes.ends(server(index).name, 'available');
    };
    await Promise.all([clean(0), clean(1), clean(3)]);
    await nodes.prepare(server(0).name, BLUE);
    await nodes.prepare(server(1).name, BLUE);
    await nodes.prepare(server(2).name, GREEN);
  }, LONG_MS);

  test(
    'with a wrong checksum fails and says so; with the right one it passes',
    async () => {
      const { name } = server(0);
      await nodes.patch(name, { 'instance_info/image_os_hash_value': 'b'.repeat(64) });
      await nodes.deploy(name);
      await nodes.ends(name, 'deploy failed');
      await expectQuarantine(name, /checksum/i);
      await nodes.patch(name, { 'instance_info/image_os_hash_value': site.image.sha256 });
      await nodes.deploy(name);
      await nodes.ends(name, 'active');
      expect(vlanOf(server(0))).toBe(BLUE.vlan);
    },
    LONG_MS,
  );

  test(
    'of a server whose cable was moved since its inspection fails before the tenant’s network is laid; put back, it passes',
    async () => {
      const machine = server(1);
      const nic = machine.nics[0]!;
      const before = nic.jack;
      const { serverPorts, device } = site.rack.switches.find((one) => one.device.model === before.model)!;
      const used = new Set(
        site.rack.servers
          .flatMap(({ nics }) => nics)
          .filter(({ jack }) => jack.model === before.model)
          .map(({ jack }) => jack.portId),
      );
      nic.recable({ model: device.model, portId: serverPorts.find((portId) => !used.has(portId))! });
      await nodes.deploy(machine.name);
      await nodes.ends(machine.name, 'deploy failed');
      const node = await nodes.get(machine.name);
      expect(node.last_error).toMatch(/Put the cable back, or inspect the node again/);
      const carried = [before, nic.jack].flatMap(({ model, portId }) =>
        model.history.filter((change) => change.portId === portId).map(({ untagged }) => untagged),
      );
      expect(carried).not.toContain(BLUE.vlan);
      nic.recable(before);
      await expectQuarantine(machine.name, /Put the cable back/);
      await nodes.deploy(machine.name);
      await nodes.ends(machine.name, 'active');
    },
    LONG_MS,
  );

  test(
    'leaves the image on the disk byte for byte, the config drive at its end, and the tenant’s frames to the tenant',
    async () => {
      await nodes.deploy(server(2).name);
      await nodes.ends(server(2).name, 'active');
      for (const machine of [server(0), server(1), server(2)]) {
        const instance = await until(`${machine.name} runs`, async () => machine.instance, 60_000);
        expect(await instance.imageDigest(site.image.bytes)).toBe(site.image.sha256);
        expect(instance.hostname).toBe(`host-${machine.name}`);
        expect(await labelAtTheEnd(machine)).toBe('config-2');
        instance.heard.clear();
      }
      const heardBy = (index: number) => [...(server(index).instance?.heard.keys() ?? [])];
      await until(
        'the blue machines hear each other',
        async () => (heardBy(0).length && heardBy(1).length ? true : null),
        60_000,
      );
      expect(heardBy(0)).toEqual([server(1).nics[0]!.mac]);
      expect(heardBy(1)).toEqual([server(0).nics[0]!.mac]);
      expect(heardBy(2)).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'ends with an empty disk and an idle port, and the next tenant gets the machine',
    async () => {
      const machine = server(0);
      await nodes.ask(machine.name, 'deleted');
      await nodes.ends(machine.name, 'available');
      expect(await machine.disk.isEmpty()).toBe(true);
      expect(machine.instance).toBeNull();
      expect(vlanOf(machine)).toBe(IDLE_VLAN);
      await nodes.prepare(machine.name, GREEN);
      await nodes.deploy(machine.name);
      await nodes.ends(machine.name, 'active');
      expect(vlanOf(machine)).toBe(GREEN.vlan);
    },
    LONG_MS,
  );

  test('no port ever carried one tenant directly after another', async () => {
    const faults = await faultsOnTheWire(site.api, site.rack);
    // What the hand at the console did is not ours.
    expect(faults.filter((fault) => !fault.includes('(by hand)'))).toEqual([]);
  });
});

/** ISO 9660 8.4: the volume identifier is 40 bytes into the primary volume descriptor, which is sector 16. */
async function labelAtTheEnd({ disk }: SimServer): Promise<string | null> {
  const tail = Buffer.alloc(65 * MIB);
  const file = await open(disk.path, 'r');
  try {
    await file.read(tail, 0, tail.length, disk.sizeBytes - tail.length);
  } finally {
    await file.close();
  }
  const descriptor = tail.lastIndexOf('\u0001CD001', undefined, 'latin1');
  return descriptor < 0 ? null : tail.toString('latin1', descriptor + 40, descriptor + 72).trim();
}
