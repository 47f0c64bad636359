import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabController, startLabController } from './rig/controller.ts';
import { misplacedFrames } from './rig/judge.ts';
import { labMissing } from './rig/machine.ts';
import { NodeOperator } from './rig/operator.ts';
import { type Rack, startRack } from './rig/rack.ts';
import { firstByteOnDisk, soilDisk } from './rig/server.ts';
import { nameToldBy, orderDeployment, recordedLinks } from './rig/tenant.ts';
import { VLANS, type VlanName } from './rig/vlans.ts';

const missing = labMissing();
if (missing) console.warn(`the lab is not run: ${missing}`);

/** Of a machine that is busy with other things; alone on two cores it takes minutes less. */
const PATIENCE_MS = 90 * 60_000;

describe.skipIf(missing)('from bare to a tenant’s machine and back', () => {
  let rack: Rack;
  let controller: LabController;

  beforeAll(async () => {
    rack = await startRack({ servers: [{ firmware: 'bios' }, { firmware: 'uefi' }] });
    controller = await startLabController(rack);
  });
  afterAll(async () => {
    await rack?.stop();
  });

  // Both at once, side by side on one switch, as in a rack.
  describe.concurrent('a server known only by the address of its BMC', () => {
    test('with BIOS', { timeout: PATIENCE_MS }, () => live(0, '192.0.2.10', 'first-bios'));
    test('with UEFI', { timeout: PATIENCE_MS }, () => live(1, '192.0.2.20', 'second-uefi'));
  });

  async function live(index: number, address: string, hostname: string): Promise<void> {
    const { api, image } = controller;
    const server = rack.servers[index]!;
    const ports = rack.serverPorts.slice(index * 2, index * 2 + 2) as [string, string];
    const operator = new NodeOperator(api, server.name, rack.lastWords);
    await soilDisk(server);
    expect(await firstByteOnDisk(server)).toBe(0);

    await api.send('POST', '/v1/nodes', {
      name: server.name,
      driver: 'ipmi',
      driver_info: server.driverInfo,
      lessee: 'red',
    });
    await operator.bring('manage', 'manageable');
    await operator.bring('inspect', 'manageable');
    expect(await recordedLinks(operator)).toEqual({
      [server.macs[0]]: `${rack.switchMac} ${ports[0]}`,
      [server.macs[1]]: `${rack.switchMac} ${ports[1]}`,
    });
    await expectPortsIn('idle', ports);

    await operator.bring('provide', 'available');
    expect(await firstByteOnDisk(server)).toBeNull();
    await expectPortsIn('idle', ports);

    await orderDeployment(operator, server, { address, hostname, image });
    await operator.until('active');
    const attached = Date.now();
    await expectPortsIn('red', [ports[0]]);
    expect(await rack.isShut(ports[1])).toBe(true);
    expect(await rack.answersPing('red', address, 300), await rack.lastWords()).toBe(true);
    expect(await nameToldBy(rack, address)).toBe(hostname);
    for (const { name } of VLANS.filter(({ name }) => name !== 'red')) {
      expect(await rack.answersPing(name as VlanName, address, 2), `reached from ${name}`).toBe(false);
    }
    const detached = Date.now();

    await operator.bring('deleted', 'available');
    expect(await rack.answersPing('red', address, 2)).toBe(false);
    expect(await firstByteOnDisk(server)).toBeNull();
    await expectPortsIn('idle', ports);

    const frames = (await rack.frames()).filter(({ source }) => server.macs.includes(source));
    const tenants = frames.filter(({ at }) => at >= attached && at <= detached);
    expect(new Set(tenants.map(({ vlan }) => vlan))).toEqual(new Set(['red']));
    expect(frames.filter(({ vlan }) => vlan === 'blue')).toEqual([]);
    for (const vlan of ['inspection', 'provisioning', 'cleaning']) {
      expect(frames.filter((frame) => frame.vlan === vlan).length, vlan).toBeGreaterThan(0);
    }
    const portOf = { [server.macs[0]]: ports[0], [server.macs[1]]: ports[1] };
    expect(await misplacedFrames(api, frames, portOf)).toEqual([]);
  }

  async function expectPortsIn(name: VlanName, ports: readonly string[]): Promise<void> {
    const { vlan } = VLANS.find((one) => one.name === name)!;
    expect(await Promise.all(ports.map(rack.vlanOf))).toEqual(ports.map(() => vlan));
  }
});
