import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DhcpScope } from '../../../provisioner/dhcp/scope.ts';
import type { DhcpEvent } from '../../../provisioner/dhcp/server.ts';
import { type Cable, Namespaces, namespacesMissing } from './support/namespaces.ts';

const CLOSED: Cable = { name: 'prov', address: '10.78.1.1/24', mac: '02:d4:c9:00:00:01' };
const OPEN: Cable = { name: 'insp', address: '10.78.2.1/24', mac: '02:d4:c9:00:00:02' };
const STRANGER = '02:d4:c9:00:00:99';

const scope = (cable: Cable, net: string, role: 'provisioning' | 'inspection'): DhcpScope => ({
  name: role,
  role,
  subnet: `${net}.0/24`,
  range: { first: `${net}.100`, last: `${net}.109` },
  serverAddress: `${net}.1`,
  router: `${net}.254`,
  leaseSeconds: 600,
  open: role === 'inspection',
  interface: cable.name,
});

const missing = namespacesMissing();

/** A real client (busybox udhcpc) on real interfaces, the server's sockets bound by Perl as shipped. */
describe.skipIf(missing !== null)(`a server bound to interfaces ${missing ?? ''}`, { timeout: 120_000 }, () => {
  const namespaces = new Namespaces();
  const events: DhcpEvent[] = [];
  let directory: string;
  let server: ChildProcess;
  let words = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'switchyard-dhcp-'));
    await namespaces.build([CLOSED, OPEN]);
    const script = fileURLToPath(new URL('./support/bound-server.ts', import.meta.url));
    const settings = {
      scopes: [scope(CLOSED, '10.78.1', 'provisioning'), scope(OPEN, '10.78.2', 'inspection')],
      known: [CLOSED.mac],
    };
    const command = ['netns', 'exec', namespaces.server, process.execPath, script, JSON.stringify(settings)];
    server = spawn('ip', command, { stdio: ['pipe', 'pipe', 'pipe'] });
    server.stderr?.on('data', (chunk) => {
      words += chunk;
    });
    const ready = new Promise<void>((resolve, reject) => {
      createInterface({ input: server.stdout! }).on('line', (line) => {
        const said = JSON.parse(line) as DhcpEvent | 'ready';
        if (said === 'ready') resolve();
        else events.push(said);
      });
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${words}`)));
    });
    await ready;
  }, 120_000);

  afterAll(async () => {
    if (server && server.exitCode === null) {
      const gone = once(server, 'exit');
      server.stdin?.end();
      expect(await gone).toEqual([0, null]);
    }
    await namespaces.remove();
    await rm(directory, { recursive: true });
  }, 60_000);

  /** What the client was given by name, as udhcpc hands it to its script; null when nobody answered. */
  async function lease(cable: Cable, ...more: string[]): Promise<Record<string, string> | null> {
    const told = path.join(directory, 'told');
    const script = path.join(directory, 'script');
    await rm(told, { force: true });
    await writeFile(script, `#!/bin/sh\n[ "$1" = bound ] && env > '${told}'\nexit 0\n`);
    await chmod(script, 0o755);
    const udhcpc = ['udhcpc', '-i', 'eth0', '-f', '-q', '-n', '-t', '4', '-T', '2', '-s', script, ...more];
    const command = ['netns', 'exec', namespaces.client(cable), 'busybox', ...udhcpc];
    const code = await new Promise<unknown>((resolve) => execFile('ip', command, (error) => resolve(error?.code ?? 0)));
    if (code !== 0) return null;
    return Object.fromEntries(
      (await readFile(told, 'utf8')).split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2)),
    );
  }

  test('each interface gives addresses of its own scope', async () => {
    const closed = await lease(CLOSED);
    expect(closed).toMatchObject({ mask: '24', router: '10.78.1.254', serverid: '10.78.1.1', lease: '600' });
    expect(closed?.ip).toMatch(/^10\.78\.1\.10\d$/);
    const open = await lease(OPEN);
    expect(open).toMatchObject({ router: '10.78.2.254', serverid: '10.78.2.1' });
    expect(open?.ip).toMatch(/^10\.78\.2\.10\d$/);
    expect(new Set(events.map((event) => event.scope))).toEqual(new Set(['provisioning', 'inspection']));
  });

  test('a client without an address is answered by broadcast, whether it asks for that or not', async () => {
    for (const flags of [[], ['-B']]) {
      const before = await namespaces.broadcastsSent();
      expect((await lease(CLOSED, ...flags))?.ip).toMatch(/^10\.78\.1\./);
      // OFFER and ACK.
      expect((await namespaces.broadcastsSent()) - before).toBeGreaterThanOrEqual(2);
    }
  });

  test('a MAC nobody knows gets no answer where the scope is not open', async () => {
    await namespaces.setMac(CLOSED, STRANGER);
    events.length = 0;
    const before = await namespaces.broadcastsSent();
    expect(await lease(CLOSED)).toBeNull();
    while (events.length === 0) await sleep(20);
    for (const event of events) expect(event).toMatchObject({ mac: STRANGER, scope: 'provisioning', answer: null });
    expect(await namespaces.broadcastsSent()).toBe(before);
  });
});
