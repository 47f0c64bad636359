import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BasicAuth } from '../auth/basic.ts';
import { isLoopback } from '../auth/exposure.ts';
import { routerBody } from './baremetal/errors.ts';
import type { ApiContext } from './context.ts';
import { problem } from './fabric/problem.ts';

/**
 * Who may pass. With authentication: who has a right password, except for the open routes. Without: whoever is on this
 * machine, but not a web page that had its own name resolved to loopback (DNS rebinding): such a request carries its Host.
 */
export function guard(context: ApiContext, auth: BasicAuth | null) {
  const publicHost = context.publicUrl === null ? null : new URL(context.publicUrl).hostname;
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const open = request.routeOptions.config?.open === true;
    if (auth === null) {
      if (open || isLoopback(request.hostname) || request.hostname === publicHost) return;
      return refuse(
        request,
        reply,
        403,
        'Forbidden',
        'Without authentication this API answers to loopback names only.',
      );
    }
    const user = await auth.authenticate(request.headers.authorization);
    if (user !== null) {
      request.user = user;
      return;
    }
    if (open) return;
    reply.header('www-authenticate', 'Basic realm="Switchyard", charset="UTF-8"');
    return refuse(request, reply, 401, 'Unauthorized', 'This needs a user name and a password (HTTP basic).');
  };
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, title: string, detail: string) {
  if (!request.url.startsWith('/fabric/')) return reply.code(status).send(routerBody(status, title, detail));
  const code = status === 401 ? 'api_unauthenticated' : 'api_forbidden';
  return problem(reply, { status, code, title, detail, context: {}, retryable: false });
}
