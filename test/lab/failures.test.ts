import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabController, startLabController } from './rig/controller.ts';
import { misplacedFrames } from './rig/judge.ts';
import { labMissing, until } from './rig/machine.ts';
import { NodeOperator } from './rig/operator.ts';
import { type Rack, startRack } from './rig/rack.ts';
import type { Server } from './rig/server.ts';
import { orderDeployment, recordedLinks } from './rig/tenant.ts';
import { VLANS } from './rig/vlans.ts';

const missing = labMissing();
if (missing) console.warn(`the lab is not run: ${missing}`);

/** Of a machine that is busy with other things. */
const PATIENCE_MS = 30 * 60_000;
const ADDRESS = '192.0.2.30';
const IDLE = VLANS.find(({ name }) => name === 'idle')!.vlan;
const INSPECTION = VLANS.find(({ name }) => name === 'inspection')!.vlan;

/** One server, step after step: what each test leaves behind is where the next begins. */
describe.skipIf(missing)('a server that something is wrong with', { timeout: PATIENCE_MS }, () => {
  let rack: Rack;
  let controller: LabController;
  let server: Server;
  let operator: NodeOperator;
  let movedAt = 0;

  beforeAll(async () => {
    rack = await startRack({ servers: [{ firmware: 'bios' }], sparePorts: 1 });
    controller = await startLabController(rack);
    server = rack.servers[0]!;
    operator = new NodeOperator(controller.api, server.name, rack.lastWords);
  });
  afterAll(async () => {
    await rack?.stop();
  });

  const order = (more: { checksum?: string } = {}) =>
    orderDeployment(operator, server, { address: ADDRESS, hostname: 'never', image: controller.image, ...more });

  /** The deployment fails with these words, the machine goes off and its switch ports go to idle on the real switch. */
  async function expectFailure(words: RegExp): Promise<void> {
    const node = await operator.untilEither(['deploy failed', 'active']);
    expect(node.provision_state).toBe('deploy failed');
    expect(node.last_error).toMatch(words);
    const resting = async () => (await portVlans()).every((vlan) => vlan === IDLE);
    await until('the ports are in idle', resting, { timeoutMs: 60_000 });
  }
  const portVlans = () => Promise.all(['port1', 'port2'].map(rack.vlanOf));

  test('a wrong BMC password at enrolment is told, and the right one helps', async () => {
    await controller.api.send('POST', '/v1/nodes', {
      name: server.name,
      driver: 'ipmi',
      driver_info: { ...server.driverInfo, ipmi_password: 'not it' },
      lessee: 'red',
      automated_clean: false,
    });
    await operator.provision('manage');
    const node = await operator.untilEither(['enroll', 'manageable']);
    expect(node.provision_state).toBe('enroll');
    expect(node.last_error).toMatch(/refused the login of "admin".*ipmi_password/);

    await operator.set('/driver_info/ipmi_password', server.driverInfo.ipmi_password);
    await operator.bring('manage', 'manageable');
    await operator.bring('inspect', 'manageable');
    expect((await recordedLinks(operator))[server.macs[0]]).toBe(`${rack.switchMac} port1`);
    await operator.bring('provide', 'available');
    expect(await portVlans()).toEqual([IDLE, IDLE]);
  });

  test('a wrong image checksum is found before the machine is touched', async () => {
    await order({ checksum: '0'.repeat(64) });
    await expectFailure(/checksum|sha256/i);
    expect(await server.powerIsOn()).toBe(false);
  });

  test('a BMC password that was changed meanwhile', async () => {
    await operator.set('/driver_info/ipmi_password', 'changed by somebody');
    await order();
    await expectFailure(/refused the login of "admin".*ipmi_password/);
    await operator.set('/driver_info/ipmi_password', server.driverInfo.ipmi_password);
  });

  test('a chassis that refuses to switch on', async () => {
    await server.refusePower(true);
    await order();
    await expectFailure(/power on: .*BMC/);
    await server.refusePower(false);
  });

  test('a machine that somebody switches off while its image is written', async () => {
    await order();
    const writing = async () => {
      const { deploy_step: step, provision_state: state } = await operator.show();
      if (state === 'deploy failed') throw new Error('it failed before');
      return step.step === 'write_image';
    };
    await until('the image is being written', writing, { timeoutMs: 1_500_000 });
    await server.ipmi('chassis', 'power', 'off');
    await expectFailure(/was switched off.*start again/);
    expect(await server.powerIsOn()).toBe(false);
  });

  test('a cable that was moved to another port after inspection', async () => {
    movedAt = Date.now();
    await server.plugInto(['port3', 'port2']);
    await order();
    await expectFailure(/port3.*(cable|inspect)/s);
    expect(await server.powerIsOn()).toBe(false);
    // Nobody is known to hang on it: it rests where the switch was told.
    expect(await rack.vlanOf('port3')).toBe(INSPECTION);
  });

  test('none of it put a frame on a tenant’s wire, or anywhere it had no business', async () => {
    const frames = await rack.frames();
    expect(frames.filter(({ vlan }) => vlan === 'red' || vlan === 'blue')).toEqual([]);
    expect(frames.length).toBeGreaterThan(0);
    const [first, second] = server.macs;
    const atFirstPort = frames.filter(({ source, at }) => source === second || at < movedAt);
    const elsewhere = frames.filter((frame) => !atFirstPort.includes(frame));
    expect(await misplacedFrames(controller.api, atFirstPort, { [first]: 'port1', [second]: 'port2' })).toEqual([]);
    expect(await misplacedFrames(controller.api, elsewhere, { [first]: 'port3' })).toEqual([]);
  });
});
