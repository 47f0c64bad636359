import { BlockList, isIP } from 'node:net';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { BasicAuthOptions } from './basic.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  if (family === 0) return bare.toLowerCase() === 'localhost';
  return loopback.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** An API without authentication is served on loopback only. Error: `api_auth_required`. */
export function assertMayListen(host: string, auth: BasicAuthOptions | undefined): void {
  if (auth || isLoopback(host)) return;
  throw new FabricError(
    'api_auth_required',
    `The API would be reachable at ${host} without authentication. Either listen on 127.0.0.1, or configure HTTP basic: ` +
      'api.auth.basic.users with a name and a passwordHash for each user (`switchyard hash-password` makes one)',
    { context: { host } },
  );
}
