import type { Driver } from '../../switch-drivers/contract/driver.ts';
import { withGrace } from '../grace.ts';
import type { Log } from '../log.ts';
import type { JobHandler } from '../store/jobs/workers.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import type { Store } from '../store/store.ts';
import { createAdmin, type FabricAdministration } from './admin.ts';
import type { Fabric } from './fabric.ts';
import { learnLinks } from './learn-links.ts';
import { findOperation, waitForOperation } from './operations.ts';
import { place } from './place.ts';
import { createSessions } from './sessions.ts';
import { settle } from './settle.ts';
import { usableOptions } from './switch-options.ts';
import { look } from './worker/look.ts';

/** Time a look is given to end by itself when the controller stops; a switch that does not answer may take minutes. */
const GRACE_MS = 2_500;

/** Milliseconds. */
export interface FabricSettings {
  persistQuietMs: number;
  auditMs: number;
  retryMs: number;
  connectTimeoutMs: number;
  commandTimeoutMs: number;
  sessionIdleMs: number;
}

export interface FabricEngine extends Fabric {
  /** The handler of `switch` jobs, for startWorkers. */
  lookAtSwitch: JobHandler;
  admin: FabricAdministration;
  /** Closes the sessions; after the workers have stopped. */
  close(): Promise<void>;
}

export interface FabricDeps {
  store: Store;
  secrets: Secrets;
  openDriver(platform: string): Promise<Driver>;
  log: Log;
  settings: FabricSettings;
}

export function createFabric({ store, secrets, openDriver, log, settings }: FabricDeps): FabricEngine {
  const { connectTimeoutMs, commandTimeoutMs, sessionIdleMs: idleMs, ...worker } = settings;
  const times = { connectTimeoutMs, commandTimeoutMs, idleMs };
  const sessions = createSessions(openDriver, (row) => usableOptions(secrets, row), times, log);
  return {
    place,
    settle: (trx, switchId, request) => settle(trx, [switchId], request),
    operation: findOperation,
    waitOperation: (id, timeoutMs, signal) => waitForOperation(store, id, timeoutMs, signal),
    learnLinks,
    lookAtSwitch: (id, { signal }) => withGrace(look({ store, sessions, log, ...worker }, id), signal, GRACE_MS),
    admin: createAdmin({ store, secrets, openDriver, log, sessions, times }),
    close: sessions.close,
  };
}
