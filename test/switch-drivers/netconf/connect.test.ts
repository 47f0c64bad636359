import { afterEach, expect, test } from 'vitest';
import { startNetconfServer } from '../../../switch-drivers/simulator/netconf/server.ts';
import { openNetconf } from '../../../switch-drivers/transports/netconf/connect.ts';
import { get } from '../../../switch-drivers/transports/netconf/operations.ts';
import { netconfOptions } from '../../../switch-drivers/transports/netconf/options.ts';
import { rejection, type SshRig, startSshRig } from './rig.ts';

let rig: SshRig | null = null;
afterEach(async () => {
  await rig?.stop();
  rig = null;
});

test('a connection that breaks is lost, and may be tried again', async () => {
  rig = await startSshRig();
  const session = await rig.open();
  rig.server.device.faults.drop = { rpc: 2, when: 'after' };
  await get(session);
  expect(await rejection(get(session))).toMatchObject({ code: 'switch_session_lost', retryable: true });
  const idle = await rig.open();
  rig.server.cutAll();
  await expect.poll(() => idle.ended?.code, { timeout: 20_000 }).toBe('switch_session_lost');
});

test('wrong password, unknown host key, nobody there', async () => {
  const server = await startNetconfServer({
    schema: { listKeys: {}, leafLists: [] },
    capabilities: [],
    username: 'admin',
    password: 'secret',
  });
  const { host, port: tcpPort, hostKeyFingerprint: hostKey } = server;
  const open = (over: Record<string, unknown>) =>
    openNetconf(
      'leaf1',
      netconfOptions.parse({ host, port: tcpPort, hostKey, username: 'admin', password: 'secret', ...over }),
    );
  await expect(open({ password: 'wrong' })).rejects.toMatchObject({ code: 'switch_auth_failed' });
  await expect(open({ hostKey: undefined })).rejects.toMatchObject({ code: 'switch_host_key_unknown' });
  await server.stop();
  await expect(open({})).rejects.toMatchObject({ code: 'switch_unreachable' });
  expect(netconfOptions.parse({ host, username: 'a' }).port).toBe(830);
});
