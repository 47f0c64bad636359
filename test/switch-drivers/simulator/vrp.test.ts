import { afterEach, expect, test } from 'vitest';
import driver8 from '../../../switch-drivers/huawei-vrp8/index.ts';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { vrp5 } from '../../../switch-drivers/simulator/vrp/vrp5.ts';
import { vrp8 } from '../../../switch-drivers/simulator/vrp/vrp8.ts';
import { terminalOf } from './terminal-rig.ts';

const PORT = 'GigabitEthernet0/0/1';
const IN_PORT = ['system-view', `interface ${PORT}`];

test.each([
  ['port default vlan 77', /^Error: The VLAN does not exist\.\n$/],
  ['port trunk allow-pass vlan 10', /^Error: /],
  ['commit', /^ *\^\nError: Unrecognized command found at '\^' position\.\n$/],
  ['port default vlan x', /^ *\^\nError: Wrong parameter found at '\^' position\.\n$/],
  ['port default', /^ *\^\nError: Incomplete command found at '\^' position\.\n$/],
])('VRP 5 refuses %j', async (line, words) => {
  const { send, model } = terminalOf(vrp5);
  const before = JSON.stringify(model.running);
  expect((await send(...IN_PORT, line)).output).toMatch(words);
  expect(JSON.stringify(model.running)).toBe(before);
});

test('the link type stays while VLANs are set for it', async () => {
  const { send, model } = terminalOf(vrp5);
  await send('system-view', 'vlan 10', `interface ${PORT}`, 'port link-type access', 'port default vlan 10');
  const refused = /^Error: Please renew the default configurations\.\n$/;
  expect((await send('port link-type trunk')).output).toMatch(refused);
  await send('undo port default vlan', 'port link-type trunk', 'port trunk allow-pass vlan 10');
  expect(model.port(PORT)).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10] });
  expect((await send('port link-type access')).output).toMatch(refused);
  expect((await send(`display current-configuration interface ${PORT}`)).output).toBe(`#
interface ${PORT}
 port link-type trunk
 port trunk allow-pass vlan 10
#
return
`);
});

test('out of the box VRP 5 negotiates: the other side may make a port a trunk of all VLANs', async () => {
  const { send, model } = terminalOf(vrp5);
  await send('system-view', 'vlan batch 10 20 to 22');
  model.setLink(PORT, true, 'trunk');
  expect(model.port(PORT)).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [10, 20, 21, 22] });
  expect((await send('display port vlan')).output).toMatch(/^GigabitEthernet0\/0\/1 +auto +1 +-$/m);
});

test('VRP 8 gathers lines until they are committed', async () => {
  const { send, model, device } = terminalOf(vrp8);
  expect(await send('system-view')).toMatchObject({ prompt: '[~sw-1]' });
  expect(await send('vlan 10')).toMatchObject({ prompt: '[*sw-1-vlan10]' });
  await send('interface 10GE1/0/1', 'port default vlan 10');
  expect(model.running.vlans[10]).toBeUndefined();
  expect((await send('display configuration candidate merge')).output).toMatch(/^ port default vlan 10$/m);
  expect((await send('display current-configuration interface')).output).not.toMatch(/default vlan/);
  device.faults.lockHeld = 'carol';
  expect((await send('commit')).output).toMatch(/^Error: .*carol/);
  device.faults.lockHeld = null;
  expect(await send('commit')).toMatchObject({ prompt: '[~sw-1-10GE1/0/1]' });
  expect(model.port('10GE1/0/1')).toMatchObject({ untagged: 10 });
  expect(model.history.filter(({ cause }) => cause === 'commit')).toHaveLength(1);
});

test('leaving VRP 8 with lines that wait asks: commit, drop or stay', async () => {
  const { send, model } = terminalOf(vrp8);
  await send('system-view', 'vlan 10');
  expect((await send('return')).prompt).toMatch(/^Warning: Uncommitted configurations found.*\[Y\(yes\)\/N\(no\)\/C/);
  expect(await send('c')).toMatchObject({ prompt: '[*sw-1-vlan10]' });
  expect((await send('quit', 'quit')).prompt).toMatch(/Uncommitted/);
  expect(await send('n')).toMatchObject({ prompt: '<sw-1>' });
  expect(model.running.vlans[10]).toBeUndefined();
  await send('system-view', 'vlan 10', 'clear configuration candidate');
  expect(await send('return')).toMatchObject({ prompt: '<sw-1>' });
  await send('system-view', 'vlan 20', 'return', 'y');
  expect(Object.keys(model.running.vlans)).toEqual(['1', '20']);
});

let sim: SimulatedSwitch | undefined;
afterEach(async () => {
  await sim?.stop();
  sim = undefined;
});

test('over SSH: a line that has no effect is found before the commit, and nothing is in force', async () => {
  const login = { username: 'admin', password: 'secret' };
  sim = await startSimulatedSwitch({
    ...{ platform: 'huawei-vrp8', name: 'leaf-vlan1', ports: 4, chassisMac: '02:00:5e:00:53:00' },
    ...login,
    knobs: { pageLength: 5, banner: 'Info: The max number of VTY users is 21.\n' },
  });
  const { device, model } = sim;
  const session = await driver8.open({
    name: 'leaf',
    options: driver8.options.parse({ ...login, host: sim.host, port: sim.port, hostKey: sim.hostKeyFingerprint }),
    log: { debug() {}, warn() {} },
  });
  const from = model.history.length;
  device.faults.ignore = /^undo port trunk allow-pass vlan 1$/;
  const change = session.apply([
    { op: 'vlan-create', vlan: 10, name: 'blue' },
    {
      op: 'port-set',
      portId: '10GE1/0/1',
      settings: { adminUp: true, mode: 'trunk', untagged: null, tagged: [10] },
    },
  ]);
  await expect(change).rejects.toMatchObject({ code: 'switch_not_applied', context: { undone: true } });
  expect(device.transcript).not.toContain('commit');
  expect(model.history.slice(from)).toEqual([]);
  device.faults.ignore = null;
  device.faults.lockHeld = 'carol';
  const refused = session.apply([{ op: 'vlan-create', vlan: 10, name: 'blue' }]);
  await expect(refused).rejects.toMatchObject({ code: 'switch_rejected', context: { undone: true, line: 'commit' } });
  device.faults.lockHeld = null;
  await session.apply([{ op: 'vlan-create', vlan: 10, name: 'blue' }]);
  expect(model.running.vlans).toEqual({ 1: expect.anything(), 10: { name: 'blue', active: true } });
  await session.close();
});
