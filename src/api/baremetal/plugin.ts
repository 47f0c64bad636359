import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import type { TypedApp } from '../typed-app.ts';
import { faultHandler, routerBody } from './errors.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { nodeExtraRoutes } from './routes/node-extras.ts';
import { nodeManagementRoutes } from './routes/node-management.ts';
import { nodeStateRoutes } from './routes/node-states.ts';
import { nodeVifRoutes } from './routes/node-vifs.ts';
import { nodeListRoutes } from './routes/nodes-list.ts';
import { nodeWriteRoutes } from './routes/nodes-write.ts';
import { portgroupRoutes } from './routes/portgroups.ts';
import { portListRoutes } from './routes/ports-list.ts';
import { portWriteRoutes } from './routes/ports-write.ts';
import { ramdiskRoutes } from './routes/ramdisk.ts';
import { serviceRoutes } from './routes/services.ts';
import { MAX_VERSION, MIN_VERSION, negotiate } from './versions.ts';

/** First path segments that Ironic also serves without /v1. */
const UNVERSIONED = new Set(
  'nodes ports portgroups drivers conductors chassis lookup heartbeat continue_inspection'.split(' '),
);

/** `/nodes` is `/v1/nodes`. */
export function withVersion(url: string): string {
  const [first] = url.slice(1).split(/[/?]/, 1);
  return UNVERSIONED.has(first!) ? `/v1${url}` : url;
}

/** Methods other than the request's that its path has, for 405. */
export type MethodsOf = (path: string) => string[];

export function baremetalPlugin(
  app: TypedApp,
  context: ApiContext,
  options: { ramdiskOnly: boolean; methodsOf: MethodsOf },
): void {
  app.setErrorHandler(faultHandler(context.log));
  app.addHook('onRequest', negotiateVersion);
  app.setNotFoundHandler((request, reply) => {
    const methods = options.methodsOf(request.url.split('?', 1)[0]!);
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '));
      return reply
        .code(405)
        .send(routerBody(405, 'Method Not Allowed', 'The method is not allowed for this resource.'));
    }
    return unknownPath(reply);
  });
  discoveryRoutes(app, context);
  ramdiskRoutes(app, context);
  if (options.ramdiskOnly) return;
  nodeListRoutes(app, context);
  nodeWriteRoutes(app, context);
  nodeStateRoutes(app, context);
  nodeManagementRoutes(app, context);
  nodeVifRoutes(app, context);
  nodeExtraRoutes(app, context);
  portListRoutes(app, context);
  portWriteRoutes(app, context);
  portgroupRoutes(app, context);
  serviceRoutes(app, context);
}

export function unknownPath(reply: FastifyReply) {
  return reply.code(404).send(routerBody(404, 'Not Found', 'The resource could not be found.'));
}

/** A client learns from the refusal's headers which version to ask for next: never 406 without them. */
async function negotiateVersion(request: FastifyRequest, reply: FastifyReply) {
  reply.header('x-openstack-ironic-api-minimum-version', MIN_VERSION);
  reply.header('x-openstack-ironic-api-maximum-version', MAX_VERSION);
  const result = negotiate(request.headers);
  if ('refusal' in result) return reply.code(406).send(routerBody(406, 'Not Acceptable', result.refusal));
  request.minor = result.minor;
  reply.header('x-openstack-ironic-api-version', `1.${result.minor}`);
  reply.header('vary', 'X-OpenStack-Ironic-API-Version, OpenStack-API-Version');
  if ((request.routeOptions.config?.since ?? 0) > result.minor) return unknownPath(reply);
}
