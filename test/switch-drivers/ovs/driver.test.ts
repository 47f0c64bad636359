import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../switch-drivers/contract/driver.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { ovsMissing } from '../../support/ovs-instance.ts';
import { access, openSession, type Rig, startRig, trunk } from './rig.ts';

const missing = ovsMissing({ root: true });

describe.skipIf(missing !== null)(`the ovs driver on a real switch ${missing ?? ''}`, () => {
  let rig: Rig;
  let session: Session;
  const set = (portId: string, settings: PortSettings) => ({ op: 'port-set', portId, settings }) as const;
  const one = async (portId: string) => (await session.read([portId])).ports[0];
  const columns = (port: string) => rig.ovs.vsctl('--bare', '--columns=tag,trunks,vlan_mode', 'list', 'Port', port);

  beforeAll(async () => {
    rig = await startRig(3);
    for (const member of ['m1', 'm2', 'm3'])
      await rig.ip('link', 'add', member, 'type', 'veth', 'peer', 'name', `${member}-far`);
    await rig.ovs.vsctl(
      'add-bond',
      'br0',
      'bond0',
      'm1',
      'm2',
      '--',
      'add-port',
      'br0',
      'po rt"; x',
      '--',
      'set',
      'interface',
      'po rt"; x',
      'type=internal',
    );
    await rig.ovs.vsctl(
      'add-br',
      'br1',
      '--',
      'set',
      'bridge',
      'br1',
      'datapath_type=netdev',
      '--',
      'add-port',
      'br1',
      'm3',
    );
    await rig.ovs.vsctl('set', 'Open_vSwitch', '.', 'ovs_version=3.1.0', 'external_ids:hostname=tor-1');
    session = await openSession(rig.ovs.remote);
  });

  afterAll(async () => {
    await session?.close();
    await rig?.stop();
  });

  test('it describes its ports and every chassis id its LLDP may carry', async () => {
    const told = await session.describe();
    expect(told).toMatchObject({ platform: 'ovs', version: '3.1.0', hostname: 'tor-1' });
    expect(told.ports.map((port) => port.portId)).toEqual(['bond0', 'm1', 'm2', 'br0', 'p1', 'p2', 'p3', 'po rt"; x']);
    for (const name of ['br0', 'p1', 'p3', 'm1']) {
      const mac = await rig.ovs.vsctl('get', 'Interface', name, 'mac_in_use');
      expect(told.chassisIds).toContain(mac.replaceAll('"', ''));
    }
    const foreign = await rig.ovs.vsctl('get', 'Interface', 'm3', 'mac_in_use');
    expect(told.chassisIds).not.toContain(foreign.replaceAll('"', ''));
  });

  test('what is applied is in force and in the database, and read back as it was meant', async () => {
    const wanted = [set('p1', access(10)), set('p2', trunk(10, [30])), set('p3', trunk(null, [20, 30]))];
    await session.apply([{ op: 'vlan-create', vlan: 10, name: 'ten' }, ...wanted]);
    expect((await columns('p1')).split('\n')).toEqual(['10', '', 'access']);
    expect((await columns('p2')).split('\n')).toEqual(['10', '10 30', 'native-untagged']);
    expect((await columns('p3')).split('\n')).toEqual(['', '20 30', 'trunk']);
    const read = await session.read(['p1', 'p2', 'p3']);
    expect(read.vlans).toBeNull();
    expect(read.ports).toEqual(
      wanted.map(({ portId, settings }) => ({
        ...settings,
        portId,
        operUp: true,
        lag: null,
        description: null,
        foreign: null,
      })),
    );
    const [next, current] = (await rig.ovs.vsctl('--bare', '--columns=next_cfg,cur_cfg', 'list', 'Open_vSwitch')).split(
      '\n',
    );
    expect(current).toBe(next);
  });

  test('frames follow: into the VLAN, out of it, tagged and untagged', async () => {
    await session.apply([set('p1', access(10)), set('p2', access(10)), set('p3', access(11))]);
    expect(await rig.reaches('p1', '10.9.0.2')).toBe(true);
    expect(await rig.isCutOff('p1', '10.9.0.3')).toBe(true);
    await session.apply([set('p2', access(11))]);
    expect(await rig.isCutOff('p1', '10.9.0.2')).toBe(true);
    expect(await rig.reaches('p3', '10.9.0.2')).toBe(true);
    await session.apply([set('p1', trunk(10, [30])), set('p2', trunk(null, [30])), set('p3', access(10))]);
    expect(await rig.reaches('p1', '10.9.1.2')).toBe(true);
    expect(await rig.reaches('p1', '10.9.0.3')).toBe(true);
    expect(await rig.isCutOff('p2', '10.9.0.3')).toBe(true);
    expect(await rig.isCutOff('p1', '10.9.1.3')).toBe(true);
  });

  test('a trunk with a native VLAN only carries nothing else', async () => {
    await session.apply([set('p1', trunk(10, [])), set('p2', trunk(10, []))]);
    expect(await rig.reaches('p1', '10.9.0.2')).toBe(true);
    expect(await rig.isCutOff('p1', '10.9.1.2')).toBe(true);
  });

  test('through a port that is down passes nothing, not even in the VLAN that stands for it; up again it is as before', async () => {
    const [up, down] = [access(10), { ...access(10), adminUp: false }];
    await session.apply([set('p1', up), set('p2', up), set('p3', up)]);
    await session.apply([set('p1', down), set('p2', down)]);
    expect(await one('p1')).toMatchObject(down);
    expect((await columns('p1')).split('\n')).toEqual(['10', '4095', 'trunk']);
    expect(await rig.isCutOff('p1', '10.9.0.2')).toBe(true);
    expect(await rig.isCutOff('p1', '10.9.0.3')).toBe(true);
    await rig.ovs.vsctl(...[1, 2].flatMap((n) => ['--', 'set', 'port', `tagged${n}`, 'tag=4095']).slice(1));
    try {
      expect(await rig.isCutOff('p1', '10.9.1.2')).toBe(true);
      await rig.ovs.vsctl('set', 'port', 'p1', 'protected=false', '--', 'set', 'port', 'p2', 'protected=false');
      expect(await rig.reaches('p1', '10.9.1.2')).toBe(true);
    } finally {
      await rig.ovs.vsctl(...[1, 2].flatMap((n) => ['--', 'set', 'port', `tagged${n}`, 'tag=30']).slice(1));
    }
    await session.read();
    await session.apply([set('p1', up), set('p2', up)]);
    expect(await one('p1')).toMatchObject(up);
    expect(await rig.reaches('p1', '10.9.0.2')).toBe(true);
  });

  test('a bond is one port; its members show it and are not written', async () => {
    await session.apply([set('bond0', access(40))]);
    expect(await one('bond0')).toMatchObject({ ...access(40), lag: null });
    expect(await one('m2')).toMatchObject({ ...access(40), lag: 'bond0' });
    await expect(session.apply([set('m2', access(41))])).rejects.toMatchObject({
      code: 'switch_unsupported',
      context: { lag: 'bond0' },
    });
    expect(await one('bond0')).toMatchObject(access(40));
  });

  test('a port name is data, and one the bridge does not have is refused before anything is sent', async () => {
    const odd = 'po rt"; x';
    await session.apply([set(odd, access(50))]);
    expect(await one(odd)).toMatchObject(access(50));
    for (const portId of ['m3', 'nope', '', '*', '__proto__']) {
      await expect(session.apply([set('p1', access(51)), set(portId, access(51))])).rejects.toMatchObject({
        code: 'switch_port_unknown',
      });
      await expect(session.read([portId])).rejects.toMatchObject({ code: 'switch_port_unknown' });
      expect(() => session.render([set(portId, access(51))])).toThrow(
        expect.objectContaining({ code: 'switch_port_unknown' }),
      );
    }
    expect(await one('p1')).not.toMatchObject(access(51));
  });

  test('a port changed by somebody else since it was read fails the whole change', async () => {
    await session.apply([set('p1', access(10)), set('p2', access(10))]);
    await session.read();
    await rig.ovs.vsctl('set', 'port', 'p2', 'tag=77');
    await expect(session.apply([set('p1', access(12)), set('p2', access(12))])).rejects.toMatchObject({
      code: 'switch_changed',
      retryable: true,
      context: { portId: 'p2', undone: true },
    });
    expect((await session.read(['p1', 'p2'])).ports.map((port) => port.untagged)).toEqual([10, 77]);
    await session.apply([set('p1', access(12)), set('p2', access(12))]);
    expect(await one('p2')).toMatchObject(access(12));
  });

  test('render tells the operations with names, values and what they are guarded by', async () => {
    await session.apply([set('p1', access(10))]);
    await session.read();
    expect(session.render([set('p1', trunk(5, [100, 101, 102, 200]))]).lines).toEqual([
      'mutate Open_vSwitch next_cfg += 1',
      'commit durable',
      'wait Port "p1" is tag=10 trunks=[] vlan_mode=access protected=false',
      'update Port "p1" set tag=5 trunks=[5,100-102,200] vlan_mode=native-untagged protected=false',
    ]);
    expect(session.render([{ op: 'vlan-create', vlan: 5, name: 'five' }]).lines).toEqual([]);
    expect(await one('p1')).toMatchObject(access(10));
  });

  test('what it cannot do it refuses', async () => {
    await expect(
      session.apply([{ op: 'port-set', portId: 'p1', settings: { ...trunk(10, [20]), adminUp: false } }]),
    ).rejects.toMatchObject({
      code: 'switch_unsupported',
    });
    await expect(session.macTable()).rejects.toMatchObject({ code: 'switch_unsupported' });
    await expect(session.neighbors()).rejects.toMatchObject({ code: 'switch_unsupported' });
  });

  test('carrier is told as the operational state', async () => {
    await rig.ip('link', 'set', 'p3', 'down');
    await expect.poll(async () => (await one('p3'))?.operUp, { timeout: 10_000 }).toBe(false);
    expect(await one('p3')).toMatchObject({ adminUp: true });
    await rig.ip('link', 'set', 'p3', 'up');
    await expect.poll(async () => (await one('p3'))?.operUp, { timeout: 10_000 }).toBe(true);
  });

  test('a bridge that is not there is told with those that are', async () => {
    await expect(openSession(rig.ovs.remote, { bridge: 'br9' })).rejects.toMatchObject({
      code: 'switch_bridge_unknown',
      context: { bridges: ['br0', 'br1', 'nic1', 'nic2', 'nic3'] },
    });
  });

  test('success is not told while ovs-vswitchd has not put it in force, nor is the database read as the truth', async () => {
    const hasty = await openSession(rig.ovs.remote, { commandTimeoutMs: 1500 });
    rig.ovs.vswitchd?.kill('SIGSTOP');
    try {
      const late = { code: 'switch_not_applied', retryable: true };
      await expect(hasty.apply([set('p1', access(60))])).rejects.toMatchObject(late);
      await expect(hasty.read(['p1'])).rejects.toMatchObject(late);
    } finally {
      rig.ovs.vswitchd?.kill('SIGCONT');
    }
    expect(await one('p1')).toMatchObject(access(60));
    await hasty.close();
  });

  test('a lost switch is a retryable error in the terms of every driver', async () => {
    const exited = once(rig.ovs.server, 'exit');
    rig.ovs.server.kill('SIGKILL');
    await exited;
    await expect
      .poll(
        () =>
          session.read().then(
            () => 'read',
            (error) => isFabricError(error) && error.code,
          ),
        { timeout: 10_000 },
      )
      .toBe('switch_session_lost');
    await expect(session.apply([set('p1', access(10))])).rejects.toMatchObject({
      code: 'switch_session_lost',
      retryable: true,
    });
    await expect(openSession(rig.ovs.remote)).rejects.toMatchObject({ code: 'switch_unreachable', retryable: true });
  });
});
