import type { FastifyRequest } from 'fastify';
import type { ApiContext } from './context.ts';

/** Scheme and authority for links, without a trailing slash. The Host header is the client's text: anything odd is not echoed. */
export function linkBase(context: Pick<ApiContext, 'publicUrl'>, request: FastifyRequest): string {
  if (context.publicUrl !== null) return context.publicUrl;
  if (/^[A-Za-z0-9.:[\]_-]{1,255}$/.test(request.host)) return `${request.protocol}://${request.host}`;
  const { localAddress = '127.0.0.1', localPort = 0 } = request.socket;
  return `${request.protocol}://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
