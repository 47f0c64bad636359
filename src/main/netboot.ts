import { findBootLoader, isBootLoader } from '../../provisioner/boot/loaders.ts';
import { parseIpv4, parseSubnet, subnetContains } from '../../provisioner/dhcp/ipv4.ts';
import type { DhcpScope } from '../../provisioner/dhcp/scope.ts';
import { type DhcpEvent, type DhcpServer, startDhcpServer } from '../../provisioner/dhcp/server.ts';
import { type HttpBootServer, startHttpBootServer } from '../../provisioner/http-boot/server.ts';
import { startTftpServer, type TftpServer } from '../../provisioner/tftp/server.ts';
import type { Api } from '../api/server.ts';
import type { Config } from '../config/config.ts';
import { createBootBackend } from '../lifecycle/netboot/boot-backend.ts';
import { createDhcpBackend } from '../lifecycle/netboot/dhcp-backend.ts';
import { createLeaseStore } from '../lifecycle/netboot/leases.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

export interface Netboot {
  /** Where the HTTP boot server listens. */
  http: HttpBootServer['address'];
  stop(): Promise<void>;
}

type Role = 'inspection' | 'provisioning' | 'cleaning';

/** What a ramdisk says to its conductor; everything else on the provisioning networks is boot files. */
const RAMDISK_PATH = /^\/(v1(\/.*)?)?$/;

/** Base URLs of the HTTP boot server, by the network a client is in. */
export function createBases(config: Config, port: () => number) {
  const { scopes } = config.provisioner.dhcp;
  const baseOf = (scope: (typeof scopes)[number]) => scope.httpBase ?? `http://${scope.serverAddress}:${port()}`;
  const local = () => `http://${config.provisioner.http.address}:${port()}`;
  return {
    ofRole: (role: Role): string => {
      const scope = scopes.find((candidate) => candidate.role === role);
      return scope ? baseOf(scope) : local();
    },
    ofClient: (remoteAddress: string): string | null => {
      const address = parseIpv4(remoteAddress);
      const scope = scopes.find((candidate) => {
        const subnet = parseSubnet(candidate.subnet);
        return address !== null && subnet !== null && subnetContains(subnet, address);
      });
      if (scope) return baseOf(scope);
      // Without DHCP of ours somebody else's leads machines here; there is one base then.
      return scopes.length === 0 ? local() : null;
    },
    scopes: (): DhcpScope[] =>
      scopes.map((scope) => ({ ...scope, httpBase: baseOf(scope), open: scope.open ?? scope.role === 'inspection' })),
  };
}

export interface NetbootOptions {
  config: Config;
  store: Store;
  /** The API surface that ramdisks may use. */
  ramdiskApi: Api;
  bases: ReturnType<typeof createBases>;
  /** Told the HTTP port before anything is served. */
  onHttpPort(port: number): void;
  log: Log;
}

/** DHCP, TFTP and HTTP boot, each as configured. On an error nothing stays open. */
export async function startNetboot({
  config,
  store,
  ramdiskApi,
  bases,
  onHttpPort,
  log,
}: NetbootOptions): Promise<Netboot> {
  const { dhcp, tftp, http, ramdisk, imageCache } = config.provisioner;
  const started: Array<HttpBootServer | TftpServer | DhcpServer> = [];
  const stop = async () => {
    for (const server of started.splice(0).reverse()) await server.stop();
  };
  try {
    await ramdiskApi.app.ready();
    const httpServer = await startHttpBootServer({
      address: http.address,
      port: http.port,
      backend: createBootBackend({
        db: store.db,
        ramdisk,
        baseFor: bases.ofClient,
        imageDirectory: imageCache.dir,
      }),
      delegate: (request, response, path) => {
        if (!RAMDISK_PATH.test(path)) return false;
        ramdiskApi.app.routing(request, response);
        return true;
      },
      onEvent: (event) => log.debug('http boot', { ...event }),
      log,
    });
    started.push(httpServer);
    onHttpPort(httpServer.address.port);
    if (tftp.enabled) {
      const resolve = async (name: string) => (isBootLoader(name) ? { path: await findBootLoader(name) } : null);
      const onEvent = (event: object) => log.debug('tftp', { ...event });
      started.push(await startTftpServer({ address: tftp.address, port: tftp.port, resolve, onEvent, log }));
    }
    if (dhcp.enabled) started.push(await startDhcp(config, store, bases.scopes(), log));
    return { http: httpServer.address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startDhcp(config: Config, store: Store, scopes: DhcpScope[], log: Log): Promise<DhcpServer> {
  const { dhcp } = config.provisioner;
  const interfaces = scopes.flatMap((scope) =>
    scope.interface ? [{ interface: scope.interface, port: dhcp.port }] : [],
  );
  const onEvent = (event: DhcpEvent) => log.debug('dhcp', { ...event });
  return startDhcpServer({
    listen: dhcp.mode === 'relay' ? [{ address: dhcp.address, port: dhcp.port }] : interfaces,
    scopes,
    backend: createDhcpBackend(store.db),
    leases: createLeaseStore(store.db),
    onEvent,
    log,
  });
}
