import { FabricError } from '../../../topology/error/fabric-error.ts';

export type Remote =
  | { kind: 'tcp' | 'ssl'; host: string; port: number }
  /** Path of the server's socket. */
  | { kind: 'unix'; path: string };

/** IANA port of OVSDB. */
const DEFAULT_PORT = 6640;

/**
 * Reads a remote in the notation of ovsdb(7): `tcp:HOST[:PORT]`, `ssl:HOST[:PORT]`, `unix:PATH`; an IPv6 address stands
 * in brackets. Throws FabricError `ovsdb_bad_remote`.
 */
export function parseRemote(text: string): Remote {
  if (text.startsWith('unix:') && text.length > 5 && !text.includes('\0')) return { kind: 'unix', path: text.slice(5) };
  const match = /^(tcp|ssl):(?:\[([0-9a-fA-F:.]+(?:%[\w.-]+)?)\]|([\w.-]+))(?::(\d{1,5}))?$/.exec(text);
  const port = match?.[4] === undefined ? DEFAULT_PORT : Number(match[4]);
  const host = match?.[2] ?? match?.[3];
  if (match === null || host === undefined || port < 1 || port > 65_535) {
    throw new FabricError(
      'ovsdb_bad_remote',
      `"${text.slice(0, 200)}" is not an OVSDB remote; write tcp:HOST:PORT, ssl:HOST:PORT or unix:PATH ([...] around IPv6).`,
    );
  }
  return { kind: match[1] as 'tcp' | 'ssl', host, port };
}
