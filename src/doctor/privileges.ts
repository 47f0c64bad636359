import { readFile } from 'node:fs/promises';
import { type Finding, fine, lacking } from './check.ts';

/** Bits of capabilities(7). */
const NET_BIND_SERVICE = 10;
const NET_RAW = 13;
/** The lowest of the ports network boot uses: DHCP 67, TFTP 69. */
const LOWEST_PORT = 67;

/** May this account listen on DHCP's and TFTP's ports, and bind sockets to interfaces? */
export async function checkPrivileges(): Promise<Finding[]> {
  const capabilities = await effectiveCapabilities();
  const firstFree = Number(await text('/proc/sys/net/ipv4/ip_unprivileged_port_start')) || 1024;
  const ports = {
    id: 'privileged-ports',
    title: 'ports below 1024',
    neededFor: 'DHCP (67) and TFTP (69) on this machine',
    required: false,
  };
  const raw = {
    id: 'raw-sockets',
    title: 'CAP_NET_RAW',
    neededFor: 'DHCP on interfaces (binding a socket to one)',
    required: false,
  };
  const grant =
    'run it as root, or give the service AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_NET_RAW (systemd.exec(5)), ' +
    `or: sudo setcap cap_net_bind_service,cap_net_raw+ep ${process.execPath}`;
  const has = (bit: number) => (capabilities & (1n << BigInt(bit))) !== 0n;
  return [
    has(NET_BIND_SERVICE) || firstFree <= LOWEST_PORT
      ? fine(ports, has(NET_BIND_SERVICE) ? 'CAP_NET_BIND_SERVICE' : `free from port ${firstFree} on`)
      : lacking(ports, `this account (uid ${process.geteuid?.()}) may not`, grant),
    has(NET_RAW) ? fine(raw, 'there') : lacking(raw, `this account (uid ${process.geteuid?.()}) lacks it`, grant),
  ];
}

async function effectiveCapabilities(): Promise<bigint> {
  const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(await text('/proc/self/status'));
  return line ? BigInt(`0x${line[1]}`) : 0n;
}

const text = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
