import { generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type Session } from 'ssh2';
import { hostKeyFingerprint } from '../../transports/ssh-cli/connect.ts';

const { Server, utils } = ssh2;

export interface SshListenOptions {
  host: string;
  /** 0: a free one. */
  port: number;
  username: string;
  password: string;
  /** May one more session be opened now? Left out: always. */
  admit?(): boolean;
  /** A session was opened. Its own events tell of an orderly end only: `socket` tells of every other. */
  onSession(session: Session, context: { user: string; socket: Socket }): void;
}

export interface SshListener {
  host: string;
  port: number;
  /** `SHA256:...` */
  hostKeyFingerprint: string;
  /** Connections open now. */
  connections(): number;
  /** Cuts every connection, as a reboot would. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** A real SSH server with a host key of its own and one account. */
export async function listenSsh(options: SshListenOptions): Promise<SshListener> {
  const hostKey = makeHostKey();
  const sockets = new Map<number, Socket>();
  const ssh = new Server({ hostKeys: [hostKey] });
  // Connections are taken by a server of our own: ssh2's does not let Nagle's algorithm be turned off.
  const tcp = createServer({ noDelay: true }, (socket) => {
    const remotePort = socket.remotePort ?? 0;
    sockets.set(remotePort, socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(remotePort));
    ssh.injectSocket(socket);
  });

  ssh.on('connection', (connection: Connection, info: { port: number }) => {
    const socket = sockets.get(info.port);
    let user = '';
    connection.on('error', () => socket?.destroy());
    connection.on('authentication', (context: AuthContext) => {
      user = context.username;
      const known = context.method === 'password' && user === options.username;
      if (known && same(context.password, options.password)) context.accept();
      else context.reject(['password']);
    });
    connection.on('session', (accept, reject) => {
      if (!socket || options.admit?.() === false) reject();
      else options.onSession(accept(), { user, socket });
    });
  });

  const cutAll = () => {
    for (const socket of sockets.values()) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(options.port, options.host, resolve);
  });
  const address = tcp.address();
  return {
    host: options.host,
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    hostKeyFingerprint: fingerprintOf(hostKey),
    connections: () => sockets.size,
    cutAll,
    stop: async () => {
      cutAll();
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Made by Node: one in some hundred of the Ed25519 keys that ssh2 makes cannot be read back by it. */
function makeHostKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}

function fingerprintOf(privateKey: string): string {
  const key = utils.parseKey(privateKey);
  if (key instanceof Error) throw key;
  return hostKeyFingerprint(key.getPublicSSH());
}
