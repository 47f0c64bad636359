import { generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import { hostKeyFingerprint } from '../../transports/ssh-cli/connect.ts';
import { NetconfDevice, type NetconfDeviceOptions } from './device.ts';
import { runNetconfSession } from './session.ts';

const { Server, utils } = ssh2;

export interface NetconfServerOptions extends NetconfDeviceOptions {
  host?: string;
  port?: number;
  username: string;
  password: string;
}

export interface RunningNetconfServer {
  device: NetconfDevice;
  host: string;
  port: number;
  hostKeyFingerprint: string;
  /** Connections open now. */
  connections(): number;
  /** Cuts every connection, as a reboot would. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** A real SSH server with the subsystem `netconf` (RFC 6242) in front of a NetconfDevice. */
export async function startNetconfServer(options: NetconfServerOptions): Promise<RunningNetconfServer> {
  const device = new NetconfDevice(options);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hostKey = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
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
  let lastSession = 0;

  ssh.on('connection', (connection: Connection, info: { port: number }) => {
    const socket = sockets.get(info.port);
    connection.on('error', () => socket?.destroy());
    connection.on('authentication', (context: AuthContext) => {
      const known = context.method === 'password' && context.username === options.username;
      if (known && same(context.password, options.password)) context.accept();
      else context.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept().on('subsystem', (acceptSubsystem, reject, { name }) => {
        if (name !== 'netconf') {
          reject();
          return;
        }
        lastSession += 1;
        const channel = acceptSubsystem();
        // The channel itself is told of an orderly end only.
        socket?.once('close', () => channel.emit('close'));
        runNetconfSession({ device, id: String(lastSession), channel, cut: () => socket?.destroy() });
      });
    });
  });
  const cutAll = () => {
    for (const socket of sockets.values()) socket.destroy();
  };
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(options.port ?? 0, host, resolve);
  });
  const address = tcp.address();
  return {
    device,
    host,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    hostKeyFingerprint: fingerprintOf(hostKey),
    connections: () => sockets.size,
    cutAll,
    stop: async () => {
      cutAll();
      // Its timer would outlive the server.
      device.confirmed.confirm();
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function fingerprintOf(privateKey: string): string {
  const key = utils.parseKey(privateKey);
  if (key instanceof Error) throw key;
  return hostKeyFingerprint(key.getPublicSSH());
}
