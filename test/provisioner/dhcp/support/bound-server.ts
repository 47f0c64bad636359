/**
 * The DHCP server on interfaces, as a process that can be put into a network namespace. Its argument is JSON
 * {scopes, known}; each event is a line of JSON on stdout, "ready" the first; it ends with its stdin.
 */
import { MemoryLeaseStore } from '../../../../provisioner/dhcp/lease.ts';
import type { DhcpScope } from '../../../../provisioner/dhcp/scope.ts';
import { startDhcpServer } from '../../../../provisioner/dhcp/server.ts';

const { scopes, known } = JSON.parse(process.argv[2] ?? '') as { scopes: DhcpScope[]; known: string[] };
const say = (line: unknown) => void process.stdout.write(`${JSON.stringify(line)}\n`);

const server = await startDhcpServer({
  listen: scopes.map((scope) => ({ interface: scope.interface! })),
  scopes,
  backend: { lookup: async ({ mac }) => (known.includes(mac) ? { allow: true } : null) },
  leases: new MemoryLeaseStore(),
  onEvent: say,
  log: { warn: (message, context) => say({ warning: message, ...context }) },
});
say('ready');
process.stdin.resume().once('end', () => void server.stop());
