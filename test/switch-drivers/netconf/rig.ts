import { duplexPair } from 'node:stream';
import { NetconfDevice, type NetconfDeviceOptions } from '../../../switch-drivers/simulator/netconf/device.ts';
import type { Tree } from '../../../switch-drivers/simulator/netconf/edit.ts';
import { type RunningNetconfServer, startNetconfServer } from '../../../switch-drivers/simulator/netconf/server.ts';
import { runNetconfSession } from '../../../switch-drivers/simulator/netconf/session.ts';
import { openNetconf } from '../../../switch-drivers/transports/netconf/connect.ts';
import { netconfOptions } from '../../../switch-drivers/transports/netconf/options.ts';
import { NetconfSession } from '../../../switch-drivers/transports/netconf/session.ts';
import { element, type XmlElement } from '../../../switch-drivers/transports/netconf/xml/element.ts';
import { writeXml } from '../../../switch-drivers/transports/netconf/xml/write.ts';

export const MODEL = 'urn:example:ports';
export const m = (name: string, content: Parameters<typeof element>[2] = [], extras = {}): XmlElement =>
  element(MODEL, name, content, extras);

export const ports = (...entries: XmlElement[]): XmlElement => m('ports', entries);
export const port = (name: string, vlan: number, description?: string): XmlElement =>
  m('port', [m('name', name), m('vlan', vlan), ...(description === undefined ? [] : [m('description', description)])]);

const capability = (name: string) => `urn:ietf:params:netconf:capability:${name}`;
export const CANDIDATE = [capability('candidate:1.0'), capability('validate:1.1'), capability('startup:1.0')];
export const CONFIRMED_1_0 = [...CANDIDATE, capability('confirmed-commit:1.0')];
export const CONFIRMED_1_1 = [...CANDIDATE, capability('confirmed-commit:1.1'), capability('xpath:1.0')];
export const RUNNING = [
  capability('writable-running:1.0'),
  capability('rollback-on-error:1.0'),
  capability('startup:1.0'),
];
export const RUNNING_BARE = [capability('writable-running:1.0')];
export const ALL = [...CONFIRMED_1_1, ...RUNNING];

const defaults = (options: Partial<NetconfDeviceOptions>): NetconfDeviceOptions => ({
  schema: { listKeys: { port: ['name'] }, leafLists: ['member'] },
  capabilities: ALL,
  running: [ports(port('e1', 10), port('e2', 10))],
  ...options,
});

/** Prefixes that a sender declared, and nothing uses, are no part of a configuration. */
const bare = (tree: XmlElement): XmlElement => ({
  ...tree,
  scope: new Map(),
  children: tree.children.map((child) => (typeof child === 'string' ? child : bare(child))),
});

export const text = (tree: Tree): string => writeXml(bare(m('root', tree)));

export interface SshRig {
  server: RunningNetconfServer;
  open(target?: { commandTimeoutMs?: number }): Promise<NetconfSession>;
  stop(): Promise<void>;
}

/** The server behind real SSH; stop() fails when a connection is left open. */
export async function startSshRig(options: Partial<NetconfDeviceOptions> = {}): Promise<SshRig> {
  const server = await startNetconfServer({ ...defaults(options), username: 'admin', password: 'secret' });
  const sessions: NetconfSession[] = [];
  return {
    server,
    async open(target = {}) {
      const { host, port: tcpPort, hostKeyFingerprint: hostKey } = server;
      const login = { host, port: tcpPort, hostKey, username: 'admin', password: 'secret' };
      const session = await openNetconf('leaf1', netconfOptions.parse(login), target);
      sessions.push(session);
      return session;
    },
    async stop() {
      for (const session of sessions) await session.close();
      for (let tries = 0; server.connections() > 0 && tries < 500; tries += 1)
        await new Promise((r) => setTimeout(r, 10));
      const left = server.connections();
      await server.stop();
      if (left > 0) throw new Error(`${left} connections were left open`);
    },
  };
}

export interface MemoryRig {
  device: NetconfDevice;
  open(timeoutMs?: number): Promise<NetconfSession>;
}

/** The same server over streams in memory, for tests with hundreds of sessions. */
export function memoryRig(options: Partial<NetconfDeviceOptions> = {}): MemoryRig {
  const device = new NetconfDevice(defaults(options));
  let last = 0;
  return {
    device,
    open(timeoutMs = 20_000) {
      const [near, far] = duplexPair();
      const cut = () => {
        near.destroy();
        far.destroy();
      };
      last += 1;
      runNetconfSession({ device, id: String(last), channel: far, cut });
      return NetconfSession.start({ name: 'leaf1', stream: near, dispose: cut, timeoutMs });
    },
  };
}

/** What a promise was rejected with; fails when it was not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('was not rejected')),
    (error: unknown) => error,
  );
}
