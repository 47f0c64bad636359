import { expect, test } from 'vitest';
import { portConfig } from '../../../switch-drivers/hpe-comware/readers/port-config.ts';
import { comwareSwitch } from '../../../switch-drivers/simulator/comware/personality.ts';
import { terminalOf } from './terminal-rig.ts';

const PORT = 'Ten-GigabitEthernet1/0/1';
const IN_PORT = ['system-view', `interface ${PORT}`];

test('views and their prompts', async () => {
  const { send } = terminalOf(comwareSwitch);
  expect(await send()).toMatchObject({ prompt: '<sw-1>' });
  expect(await send('system-view')).toEqual({
    output: 'System View: return to User View with Ctrl+Z.\n',
    prompt: '[sw-1]',
  });
  expect(await send('interface ten 1/0/2')).toMatchObject({ prompt: '[sw-1-Ten-GigabitEthernet1/0/2]' });
  expect(await send('vlan 10')).toMatchObject({ prompt: '[sw-1-vlan10]' });
  expect(await send('quit')).toMatchObject({ prompt: '[sw-1]' });
  expect(await send('interface ten 1/0/2', 'return')).toMatchObject({ prompt: '<sw-1>' });
});

test.each([
  ['port acces vlan', /^ *\^\n % Incomplete command found at '\^' position\.\n$/],
  ['prot access', /^ *\^\n % Unrecognized command found at '\^' position\.\n$/],
  ['port access vlan 77', /^The VLAN does not exist\.\n$/],
  ['port access vlan 4095', /% Wrong parameter found/],
  ['port trunk permit vlan 10', /^Error: /],
  ['interface Ten-GigabitEthernet1/0/99', /% Wrong parameter found/],
])('%j is refused', async (line, words) => {
  const { send, model } = terminalOf(comwareSwitch);
  const before = JSON.stringify(model.running);
  const { output } = await send(...IN_PORT, line);
  expect(output).toMatch(words);
  expect(JSON.stringify(model.running)).toBe(before);
});

test('a trunk begins with VLAN 1, and what was set for the old type is gone', async () => {
  const { send, model } = terminalOf(comwareSwitch);
  await send('system-view', 'vlan 10', 'vlan 20', ...IN_PORT.slice(1), 'port access vlan 10', 'port link-type trunk');
  expect(model.port(PORT)).toMatchObject({ mode: 'trunk', untagged: 1, tagged: [] });
  await send('port trunk permit vlan 10 20 to 30', 'port trunk pvid vlan 10', 'undo port trunk permit vlan 1');
  expect(model.port(PORT)).toMatchObject({ untagged: 10, tagged: [20] });
  await send('port trunk pvid vlan 99');
  expect(model.port(PORT)).toMatchObject({ untagged: null, tagged: [10, 20] });
  const { output } = await send(`display current-configuration interface ${PORT}`);
  expect(output).toBe(`#
interface ${PORT}
 port link-mode bridge
 port link-type trunk
 undo port trunk permit vlan 1
 port trunk permit vlan 10 20 to 30
 port trunk pvid vlan 99
#
return
`);
  expect((await send('port link-type hybrid')).output).toMatch(/^Error: /);
  await send('port link-type access');
  expect(model.port(PORT)).toMatchObject({ mode: 'access', untagged: 1 });
});

test('more than ten items are too many, and the configuration prints ten a line', async () => {
  const { send, model } = terminalOf(comwareSwitch);
  const list = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + 2 * index).join(' ');
  await send(...IN_PORT, 'port link-type trunk');
  expect((await send(`port trunk permit vlan ${list(10, 11)}`)).output).toMatch(/Too many parameters/);
  await send(`port trunk permit vlan ${list(10, 10)}`, `port trunk permit vlan ${list(40, 10)}`);
  const { output } = await send('display current-configuration interface');
  expect(output.match(/^ port trunk permit vlan 1 10 12/m)).not.toBeNull();
  expect(output.match(/^ port trunk permit vlan /gm)).toHaveLength(3);
  const [row] = portConfig.read(output).rows.filter(({ portId }) => portId === PORT);
  expect(row).toMatchObject({ untagged: 1, tagged: model.running.ports[PORT]?.allowed.slice(1) });
});

test('a VLAN that goes sends its access ports to VLAN 1', async () => {
  const { send, model } = terminalOf(comwareSwitch);
  await send('system-view', 'vlan 10', 'quit', `interface ${PORT}`, 'port access vlan 10', 'undo vlan 10');
  expect(model.port(PORT).untagged).toBe(1);
  expect((await send('undo vlan 1')).output).toMatch(/^Error: /);
});
