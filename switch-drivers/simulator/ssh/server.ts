import { createHash, generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type Server as SshServer } from 'ssh2';
import type { SimulatedDevice } from '../device.ts';
import type { CliPersonality, Terminal } from '../personality.ts';
import { runShell } from './shell.ts';

const { Server, utils } = ssh2;

export interface SshServerOptions {
  device: SimulatedDevice;
  personality: CliPersonality;
  connect(user: string): Terminal;
  host: string;
  port: number;
  username: string;
  password: string;
}

export interface RunningSshServer {
  host: string;
  port: number;
  hostKeyFingerprint: string;
  stop(): Promise<void>;
}

/** A real SSH server in front of a simulated command line. */
export async function startSshServer(options: SshServerOptions): Promise<RunningSshServer> {
  const { device } = options;
  const hostKey = makeHostKey();
  const sockets = new Set<Socket>();
  const socketByPort = new Map<number, Socket>();
  const ssh: SshServer = new Server({ hostKeys: [hostKey] });
  // Connections are taken by a server of our own: ssh2's does not let Nagle's algorithm be turned off.
  const tcp = createServer({ noDelay: true }, (socket) => {
    const remotePort = socket.remotePort ?? 0;
    sockets.add(socket);
    socketByPort.set(remotePort, socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      socketByPort.delete(remotePort);
    });
    ssh.injectSocket(socket);
  });
  let shells = 0;

  ssh.on('connection', (connection: Connection, info: { port: number }) => {
    const socket = socketByPort.get(info.port);
    let user = '';
    connection.on('error', () => socket?.destroy());
    connection.on('authentication', (context: AuthContext) => {
      user = context.username;
      if (
        context.method === 'password' &&
        context.username === options.username &&
        same(context.password, options.password)
      ) {
        context.accept();
      } else context.reject(['password']);
    });
    connection.on('session', (accept, reject) => {
      if (shells >= device.knobs.sessionLimit) {
        reject();
        return;
      }
      shells += 1;
      // The session itself is told of an orderly end only.
      socket?.once('close', () => {
        shells -= 1;
      });
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty?.());
      session.on('window-change', (acceptChange) => acceptChange?.());
      session.on('shell', (acceptShell) => {
        runShell({
          device,
          terminal: options.connect(user),
          channel: acceptShell(),
          pagerPrompt: options.personality.pagerPrompt,
          cut: () => socket?.destroy(),
        });
      });
    });
  });
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  device.onReboot(cutAll);
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(options.port, options.host, resolve);
  });
  const address = tcp.address();
  return {
    host: options.host,
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    hostKeyFingerprint: fingerprintOf(hostKey),
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
  return `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
}
