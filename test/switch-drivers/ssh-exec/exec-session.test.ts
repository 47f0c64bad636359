import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noFaults } from '../../../switch-drivers/simulator/device.ts';
import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import { line } from '../../../switch-drivers/transports/ssh-cli/guard.ts';
import { ExecSession } from '../../../switch-drivers/transports/ssh-exec/exec-session.ts';
import { execOptions } from '../../../switch-drivers/transports/ssh-exec/options.ts';

let sim: SimulatedSwitch;

beforeAll(async () => {
  const names = { name: 'host', chassisMac: '02:00:5e:00:53:00', username: 'admin', password: 'secret' };
  sim = await startSimulatedSwitch({ platform: 'sonic', ports: 2, ...names });
});
afterAll(() => sim.stop());
beforeEach(() => void Object.assign(sim.device.faults, noFaults));

async function open(options: object = {}, commandTimeoutMs = 20_000): Promise<ExecSession> {
  const { host, port, hostKeyFingerprint: hostKey } = sim;
  const login = execOptions.parse({ host, port, username: 'admin', password: 'secret', hostKey, ...options });
  const root = /^config /;
  const dialect = { kind: 'exec' as const, home: 'shell' as const, root, failures: [/^Error: /] };
  return ExecSession.open('host', dialect, login, { commandTimeoutMs });
}

test('a command that ends with another status than 0 is refused, with the device’s words', async () => {
  const session = await open();
  expect(await session.run('show version')).toContain('SONiC Software Version');
  await expect(session.run(line`config vlan member add ${77} Ethernet0`)).rejects.toMatchObject({
    code: 'switch_rejected',
    context: { line: 'config vlan member add 77 Ethernet0', device: 'Error: Vlan77 does not exist', status: 2 },
  });
  await session.close();
});

test('what needs root runs with sudo, unless the options say that it need not', async () => {
  const [sudo, plain] = [await open(), await open({ sudo: false })];
  await sudo.run(line`config vlan add ${10}`);
  await expect(plain.run(line`config vlan add ${11}`)).rejects.toMatchObject({
    context: { device: /^Root privileges/ },
  });
  await Promise.all([sudo.close(), plain.close()]);
});

test('a session that is cut, and a command that does not end, are told; nothing follows on them', async () => {
  const cut = await open();
  sim.device.faults.drop = { line: /version/, when: 'after' };
  await expect(cut.run('show version')).rejects.toMatchObject({ code: 'switch_session_lost', retryable: true });
  await expect(cut.run('show mac')).rejects.toMatchObject({ code: 'switch_session_lost' });
  Object.assign(sim.device.faults, noFaults);
  const slow = await open({}, 200);
  sim.device.faults.stall = { line: /version/, ms: 1500 };
  await expect(slow.run('show version')).rejects.toMatchObject({ code: 'switch_timeout' });
  await expect(slow.run('show mac')).rejects.toMatchObject({ code: 'switch_timeout' });
});

test('what a shell would take for more than a word never gets into a line, and two lines are never sent as one', async () => {
  const session = await open();
  const sent = sim.device.transcript.length;
  for (const name of [
    'Ethernet0; reboot',
    '$(reboot)',
    '`reboot`',
    'a|b',
    'a&b',
    'a>b',
    "a'b",
    'a"b',
    'a\nb',
    'a b',
    '~',
    '*',
  ]) {
    expect(() => line`config interface shutdown ${name}`).toThrow(
      expect.objectContaining({ code: 'switch_unsafe_text' }),
    );
  }
  await expect(session.run('show version\nreboot')).rejects.toMatchObject({ code: 'switch_unsafe_text' });
  expect(sim.device.transcript).toHaveLength(sent);
  await session.close();
});
