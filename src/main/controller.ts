import path from 'node:path';
import { AgentClient } from '../../provisioner/agent/agent-client.ts';
import { openBmc } from '../../provisioner/bmc/open-bmc.ts';
import { ImageCache } from '../../provisioner/images/image-cache.ts';
import { openDrivers } from '../../switch-drivers/outside/driver-set.ts';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { createApi } from '../api/server.ts';
import { assertMayListen } from '../auth/exposure.ts';
import type { Config } from '../config/config.ts';
import { createFabric } from '../fabric/create.ts';
import type { LifecycleDeps } from '../lifecycle/deps.ts';
import { imageUrl } from '../lifecycle/netboot/boot-backend.ts';
import type { NodeRow } from '../lifecycle/node-record.ts';
import { createLifecycle } from '../lifecycle/service.ts';
import { startSweeper } from '../lifecycle/sweeper.ts';
import { lookAtNode } from '../lifecycle/worker.ts';
import type { Log } from '../log.ts';
import { startWorkers } from '../store/jobs/workers.ts';
import { openStore } from '../store/open.ts';
import { SECRET_COLUMNS } from '../store/secrets/columns.ts';
import { openSecrets } from '../store/secrets/open-secrets.ts';
import { isSealed } from '../store/secrets/sealed.ts';
import type { Secrets } from '../store/secrets/secrets.ts';
import { version } from '../version.ts';
import { createBases, startNetboot } from './netboot.ts';

export interface Controller {
  /** Of the API. */
  url: string;
  /** Connection string of its database. */
  databaseUrl: string;
  /** Lets what runs come to a safe place, then ends everything, the embedded database last. */
  stop(): Promise<void>;
}

const SWEEP_MS = 5_000;

/** The directory below the data directory that `image add` fills. */
export const imageLibrary = (dataDir: string): string => path.join(dataDir, 'library');

/** Starts a whole controller as configured. On an error nothing stays behind. */
export async function startController(config: Config, log: Log): Promise<Controller> {
  const undo: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) {
      await step().catch((error) => log.warn('a part did not stop cleanly', { error: messageOf(error) }));
    }
  };
  try {
    // Before anything is opened, moved or served.
    assertMayListen(config.api.host, config.api.auth.basic);
    const { url } = config.database;
    const store = await openStore(url === undefined ? { dataDir: config.dataDir } : { url }, log, {
      poolSize: config.database.poolSize,
    });
    undo.push(() => store.close());
    const secrets = await openSecrets(store.db, config.secrets, log);
    const images = await ImageCache.open({
      dir: config.provisioner.imageCache.dir,
      limitBytes: config.provisioner.imageCache.maxBytes,
      allowedFilePaths: [imageLibrary(config.dataDir), ...config.provisioner.imageDirectories],
    });
    const drivers = await openDrivers(config.drivers, process.cwd());
    for (const { module, error } of drivers.broken) {
      log.error('a driver of the configuration was not loaded', { module, code: error.code, error: error.message });
    }
    const openDriver = (platform: string) => drivers.load(platform);
    const fabric = createFabric({ store, secrets, openDriver, log, settings: fabricSettings(config) });
    undo.push(() => fabric.close());

    let httpPort = config.provisioner.http.port;
    const bases = createBases(config, () => httpPort);
    const deps: LifecycleDeps = {
      store,
      fabric,
      log,
      conductor: config.conductorName,
      openBmc: (node) => openBmcOf(node, secrets),
      prepareImage: async (request, base) => {
        const { source, checksum, algorithm, diskFormat } = request;
        const image = await images.ensure({ source, checksum, algo: algorithm, diskFormat });
        return { url: imageUrl(base, image.path), sizeBytes: image.size, sha256: image.sha256 };
      },
      openAgent: (node, signal) => openAgentOf(node, secrets, signal),
      httpBase: bases.ofRole,
      timeouts: lifecycleTimeouts(config),
      erase: config.lifecycle.erase,
      secrets,
      requireAgentTls: config.provisioner.requireAgentTls,
    };
    const lifecycle = createLifecycle(deps);
    const shared = {
      store,
      secrets,
      fabric,
      admin: fabric.admin,
      lifecycle,
      log,
      hostname: config.conductorName,
      version: version(),
    };
    const ramdiskApi = createApi({ ...shared, host: '127.0.0.1', port: 0, surface: 'ramdisk' });
    undo.push(() => ramdiskApi.close());
    const netboot = await startNetboot({
      config,
      store,
      ramdiskApi,
      bases,
      onHttpPort: (port) => {
        httpPort = port;
      },
      log,
    });
    undo.push(() => netboot.stop());

    const stopping = new AbortController();
    const workers = await startWorkers(
      store,
      {
        switch: (id, context) => {
          const signal = AbortSignal.any([stopping.signal, context.signal]);
          return fabric.lookAtSwitch(id, { ...context, signal });
        },
        node: (id, context) => lookAtNode(deps, id, AbortSignal.any([stopping.signal, context.signal])),
      },
      { conductor: config.conductorName, log, concurrency: { node: config.lifecycle.concurrency } },
    );
    undo.push(() => workers.stop());
    const stopSweeper = startSweeper(deps, {
      sweepMs: SWEEP_MS,
      powerSyncMs: config.lifecycle.powerSyncSeconds * 1000,
    });
    undo.push(stopSweeper);
    undo.push(async () => stopping.abort(new Error('the controller stops')));

    const { host, port, publicUrl, auth } = config.api;
    const api = createApi({ ...shared, host, port, publicUrl, auth: auth.basic });
    undo.push(() => api.close());
    const listening = await api.listen();
    log.info('listening', { api: listening.url, boot: `http://${netboot.http.address}:${netboot.http.port}` });
    return { url: listening.url, databaseUrl: store.connectionString, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function openBmcOf({ uuid, driver, driver_info }: Parameters<LifecycleDeps['openBmc']>[0], secrets: Secrets) {
  if (driver !== 'ipmi' && driver !== 'redfish') {
    throw new FabricError('bmc_driver_unknown', `Driver ${driver} is not known. Use ipmi or redfish.`);
  }
  return openBmc(driver, secrets.open(SECRET_COLUMNS.driverInfo, uuid, driver_info));
}

function openAgentOf(node: NodeRow, secrets: Secrets, signal: AbortSignal): AgentClient {
  const { agent_url: url, agent_verify_ca: verifyCa, agent_secret_token: sealed } = node.driver_internal_info;
  if (typeof url !== 'string' || sealed === undefined) {
    throw new FabricError('agent_unknown', `No agent of node ${node.name ?? node.uuid} has called back yet.`, {
      retryable: true,
    });
  }
  const { agent_secret_token: token } = secrets.open(
    SECRET_COLUMNS.driverInternalInfo,
    node.uuid,
    node.driver_internal_info,
  );
  // A text is what earlier versions sealed, with a key of its own.
  if (!isSealed(sealed) || typeof token !== 'string') {
    throw new FabricError(
      'agent_token_unreadable',
      `The agent of node ${node.name ?? node.uuid} was booted by an earlier version of Switchyard. Power the node off and ` +
        'start the step again.',
      { context: { node: node.uuid } },
    );
  }
  return new AgentClient({ url, token, verifyCa: typeof verifyCa === 'string' ? verifyCa : null, signal });
}

function lifecycleTimeouts({ lifecycle }: Config): LifecycleDeps['timeouts'] {
  return {
    inspectWaitMs: lifecycle.inspectWaitSeconds * 1000,
    cleanWaitMs: lifecycle.cleanWaitSeconds * 1000,
    deployWaitMs: lifecycle.deployWaitSeconds * 1000,
    powerChangeMs: lifecycle.powerChangeSeconds * 1000,
    networkMs: lifecycle.networkSeconds * 1000,
    agentCommandMs: lifecycle.agentCommandSeconds * 1000,
    agentSilenceMs: lifecycle.agentSilenceSeconds * 1000,
  };
}

function fabricSettings({ fabric }: Config) {
  return {
    persistQuietMs: fabric.persistQuietSeconds * 1000,
    auditMs: fabric.auditSeconds * 1000,
    retryMs: fabric.retrySeconds * 1000,
    connectTimeoutMs: fabric.connectTimeoutSeconds * 1000,
    commandTimeoutMs: fabric.commandTimeoutSeconds * 1000,
    sessionIdleMs: fabric.sessionIdleSeconds * 1000,
  };
}
