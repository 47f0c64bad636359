import type { Fabric } from '../fabric/fabric.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { Log } from '../log.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import type { Store } from '../store/store.ts';
import type { FabricAdmin } from './fabric/admin.ts';

/** What every route works with. */
export interface ApiContext {
  store: Store;
  secrets: Secrets;
  fabric: Fabric;
  admin: FabricAdmin;
  lifecycle: Lifecycle;
  log: Log;
  /** Name under which this controller appears among the conductors. */
  hostname: string;
  /** Base of the links in answers; null: what the client called (its Host header). */
  publicUrl: string | null;
  /** Aborted when the server closes: ends long polls and streams. */
  closing: AbortSignal;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Authenticated user; `anonymous` on a server without authentication. */
    user: string;
    /** Negotiated minor version of the bare-metal API. */
    minor: number;
  }
  interface FastifyContextConfig {
    /** First minor version of the bare-metal API that has this route. */
    since?: number;
    /** Noun for messages about the request's body. */
    subject?: string;
    /** Served without authentication (what a deploy ramdisk calls). */
    open?: boolean;
  }
}
