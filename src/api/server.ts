import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type BasicAuthOptions, createBasicAuth } from '../auth/basic.ts';
import { assertMayListen } from '../auth/exposure.ts';
import type { Fabric } from '../fabric/fabric.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import type { Store } from '../store/store.ts';
import { guard } from './access.ts';
import { routerBody } from './baremetal/errors.ts';
import { baremetalPlugin, unknownPath, withVersion } from './baremetal/plugin.ts';
import { rootRoute } from './baremetal/routes/discovery.ts';
import type { ApiContext } from './context.ts';
import type { FabricAdmin } from './fabric/admin.ts';
import { fabricPlugin } from './fabric/plugin.ts';
import { describeByZod, openapiRoute } from './openapi.ts';
import { routeMethods } from './route-methods.ts';
import type { TypedApp } from './typed-app.ts';

export interface ApiOptions {
  store: Store;
  secrets: Secrets;
  fabric: Fabric;
  admin: FabricAdmin;
  lifecycle: Lifecycle;
  log: Log;
  /** Address to listen on. Without `auth` only loopback is served. */
  host: string;
  /** 0 = any free one. */
  port: number;
  auth?: BasicAuthOptions | undefined;
  /** Base URL that clients use, when a proxy stands before this server; default: what each client called. */
  publicUrl?: string | undefined;
  /** Name of this controller among the conductors; default: the machine's. */
  hostname?: string | undefined;
  /** Of Switchyard, for the OpenAPI document. */
  version: string;
  /**
   * `ramdisk`: only what a deploy ramdisk calls (/, /v1, lookup, heartbeat, continue_inspection). It is open by design, so
   * this surface may listen on a provisioning network without authentication. Default `all`.
   */
  surface?: 'all' | 'ramdisk' | undefined;
}

export interface Api {
  /** Serves; resolves with the base URL, without a trailing slash. */
  listen(): Promise<{ url: string }>;
  /** Ends long polls and streams, lets requests in flight finish. */
  close(): Promise<void>;
  app: TypedApp;
}

const BODY_LIMIT = 1024 * 1024;

/** The HTTP APIs. Errors: `api_auth_required`, `api_auth_invalid` before anything listens. */
export function createApi(options: ApiOptions): Api {
  const ramdiskOnly = options.surface === 'ramdisk';
  if (!ramdiskOnly) assertMayListen(options.host, options.auth);
  const closing = new AbortController();
  const context: ApiContext = {
    store: options.store,
    secrets: options.secrets,
    fabric: options.fabric,
    admin: options.admin,
    lifecycle: options.lifecycle,
    log: options.log,
    hostname: options.hostname ?? hostname(),
    publicUrl: options.publicUrl?.replace(/\/+$/, '') ?? null,
    closing: closing.signal,
  };
  const app: TypedApp = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: () => `req-${randomUUID()}`,
    rewriteUrl: (request) => withVersion(request.url ?? '/'),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 255 },
  }).withTypeProvider<ZodTypeProvider>();

  app.decorateRequest('user', 'anonymous');
  app.decorateRequest('minor', 1);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('openstack-request-id', request.id);
  });
  app.addHook('onRequest', guard(context, options.auth ? createBasicAuth(options.auth) : null));
  app.addHook('preClose', async () => closing.abort());
  ignoreTypeOfEmptyBody(app);
  describeByZod(app, options.version);
  const methodsOf = routeMethods(app);

  app.setNotFoundHandler((_request, reply) => unknownPath(reply));
  app.setErrorHandler((error, request, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    if (statusCode >= 500) options.log.error('Request failed', { id: request.id, url: request.url, message });
    return reply.code(statusCode).send(routerBody(statusCode, 'Error', statusCode < 500 ? message : 'Internal error'));
  });
  app.after(() => {
    rootRoute(app, context);
    void app.register(async (scope) => baremetalPlugin(scope as TypedApp, context, { ramdiskOnly, methodsOf }), {
      prefix: '/v1',
    });
    if (ramdiskOnly) return;
    void app.register(async (scope) => fabricPlugin(scope as TypedApp, context), { prefix: '/fabric/v1' });
    openapiRoute(app);
  });

  return {
    app,
    async listen() {
      await app.listen({ host: options.host, port: options.port });
      const { address, port, family } = app.server.address() as AddressInfo;
      return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` };
    },
    close: () => app.close(),
  };
}

/**
 * Clients name a content type, ironicclient's DELETE even application/octet-stream, although they send no body: without a
 * body its type means nothing. Only JSON is taken else, so that a web page cannot post without asking first (CORS).
 */
function ignoreTypeOfEmptyBody(app: TypedApp): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async ({ raw: { headers } }) => {
    const length = headers['content-length'] ?? '0';
    if (length === '0' && headers['transfer-encoding'] === undefined) delete headers['content-type'];
  });
}
