import { spawn } from 'node:child_process';
import { createSocket, Socket } from 'node:dgram';
import { fileURLToPath } from 'node:url';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { SERVER_PORT } from './constants.ts';

/**
 * One place to listen. `interface`: a socket bound to that interface, hearing and sending broadcasts there and nowhere
 * else. `address`: for relayed messages and renewals only (or for one scope's clients, when `scope` names it).
 */
export type DhcpListen = { interface: string; port?: number } | { address: string; port?: number; scope?: string };

/** Socket.pm belongs to perl-base, which no Debian system lacks. 25 is SO_BINDTODEVICE, 17 is UDP. */
const BIND_TO_DEVICE = `
use Socket;
$^F = 255;
my ($interface, $port, @next) = @ARGV;
socket(my $s, PF_INET, SOCK_DGRAM, 17) or die "socket: $!\\n";
setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1) or die "SO_REUSEADDR: $!\\n";
setsockopt($s, SOL_SOCKET, SO_BROADCAST, 1) or die "SO_BROADCAST: $!\\n";
setsockopt($s, SOL_SOCKET, 25, "$interface\\0") or die "SO_BINDTODEVICE: $!\\n";
bind($s, sockaddr_in($port, INADDR_ANY)) or die "bind to port $port: $!\\n";
exec(@next, fileno($s)) or die "exec: $!\\n";
`;

/** @throws FabricError dhcp_listen_failed, with the system's words and what to do. */
export async function openDhcpSocket(listen: DhcpListen): Promise<Socket> {
  const port = listen.port ?? SERVER_PORT;
  if (!('interface' in listen)) return bindAddress(listen.address, port);
  const inherited = systemdSocket(listen.interface, process.env, process.pid);
  return inherited === null ? bindInterface(listen.interface, port) : adopt(inherited, listen.interface);
}

/**
 * The descriptor systemd passed for an interface: a socket unit with `FileDescriptorName=dhcp-<interface>`,
 * `BindToDevice=` and `Broadcast=yes` (sd_listen_fds(3)). Null when there is none.
 */
export function systemdSocket(name: string, env: NodeJS.ProcessEnv, pid: number): number | null {
  if (env.LISTEN_PID !== String(pid)) return null;
  const count = Number(env.LISTEN_FDS);
  const index = (env.LISTEN_FDNAMES ?? '').split(':').indexOf(`dhcp-${name}`);
  // Passed descriptors start at 3.
  return index >= 0 && index < count ? 3 + index : null;
}

function bindAddress(address: string, port: number): Promise<Socket> {
  return settle(createSocket({ type: 'udp4', reuseAddr: false }), `${address}:${port}`, (socket) =>
    socket.bind({ address, port, exclusive: true }),
  );
}

function adopt(fd: number, name: string): Promise<Socket> {
  return settle(createSocket('udp4'), `the socket of ${name} that systemd passed`, (socket) => socket.bind({ fd }));
}

function settle(socket: Socket, where: string, bind: (socket: Socket) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(listenFailed(where, error.message, error));
    });
    socket.once('listening', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    bind(socket);
  });
}

/**
 * Node has no SO_BINDTODEVICE. Perl opens the socket and becomes a small Node process that hands it over the IPC channel;
 * from then on it is an ordinary socket of this process.
 */
function bindInterface(name: string, port: number): Promise<Socket> {
  const handover = fileURLToPath(
    new URL(`./socket-handover.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
  );
  return new Promise((resolve, reject) => {
    const command = ['-e', BIND_TO_DEVICE, '--', name, String(port), process.execPath, handover];
    const child = spawn('perl', command, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (words.length < 2000) words += text;
    });
    child.once('message', (_message, handle) => {
      if (handle instanceof Socket) resolve(handle);
      else reject(listenFailed(`interface ${name}`, 'no socket was handed over'));
    });
    child.once('error', (error) => reject(listenFailed(`interface ${name}`, messageOf(error), error)));
    child.once('close', () => reject(listenFailed(`interface ${name}`, words.trim() || 'the helper ended')));
  });
}

function listenFailed(where: string, words: string, cause?: unknown): FabricError {
  return new FabricError('dhcp_listen_failed', `Cannot serve DHCP on ${where}: ${words}. ${nextStep(words)}`, {
    context: { where },
    cause,
  });
}

function nextStep(words: string): string {
  if (/permitted|denied|EACCES|EPERM/i.test(words)) {
    return 'Run as root, with CAP_NET_BIND_SERVICE and CAP_NET_RAW, or by a systemd socket unit; or serve relays on a port above 1023.';
  }
  if (/in use|EADDRINUSE/i.test(words)) return 'Another DHCP server has the port: `ss -lunp sport = :67` names it.';
  if (/no such device/i.test(words)) return 'Check the interface name with `ip link`.';
  if (/ENOENT/.test(words)) return 'Install perl-base, or pass the socket by a systemd socket unit.';
  return 'Check the address and port of this DHCP listener.';
}
