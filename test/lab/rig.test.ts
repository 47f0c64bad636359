import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finish, labMissing, until } from './rig/machine.ts';
import { type Rack, startRack } from './rig/rack.ts';
import { macOf } from './rig/server.ts';

const missing = labMissing();
if (missing) console.warn(`the lab is not run: ${missing}`);

describe.skipIf(missing)('the rack itself', () => {
  let rack: Rack;

  beforeAll(async () => {
    rack = await startRack({ servers: [{ firmware: 'bios' }] });
  });
  afterAll(async () => {
    if (!rack) return;
    await rack.stop();
    expect(existsSync(rack.dir)).toBe(false);
    expect((await finish('ip', ['netns', 'list'])).stdout).not.toContain(rack.namespace);
  });

  test('a server that its BMC switches on asks for an address in the VLAN of its switch port and in no other', async () => {
    const server = rack.servers[0]!;
    expect(await server.powerIsOn()).toBe(false);
    expect((await server.ipmi('mc', 'guid')).stdout.toLowerCase()).toContain(server.uuid.slice(-12));
    expect(await rack.vlanOf('port1')).toBe(199);
    expect((await server.ipmi('chassis', 'bootdev', 'pxe')).code).toBe(0);
    expect((await server.ipmi('chassis', 'power', 'on')).code).toBe(0);
    expect(await server.powerIsOn()).toBe(true);

    const asked = await until(
      'DHCP',
      async () => (await rack.frames()).find(({ text }) => text.includes('.68 > 255.255.255.255.67')),
      {
        timeoutMs: 90_000,
      },
    );
    expect(asked).toMatchObject({ vlan: 'idle', source: macOf(1, 1) });
    expect(new Set((await rack.frames()).map(({ vlan }) => vlan))).toEqual(new Set(['idle']));

    expect((await server.ipmi('chassis', 'power', 'off')).code).toBe(0);
    expect(await server.powerIsOn()).toBe(false);
  });
});
