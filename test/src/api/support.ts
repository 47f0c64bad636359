import { randomUUID } from 'node:crypto';
import type { FabricAdmin } from '../../../src/api/fabric/admin.ts';
import { type Api, type ApiOptions, createApi } from '../../../src/api/server.ts';
import type { Fabric, Operation } from '../../../src/fabric/fabric.ts';
import type { Lifecycle } from '../../../src/lifecycle/lifecycle.ts';
import { silentLog } from '../../../src/log.ts';
import type { Store } from '../../../src/store/store.ts';
import { testSecrets } from '../../support/secrets.ts';
import { testStore } from '../../support/store.ts';

export type Call = [name: string, ...args: unknown[]];

export interface TestApi {
  api: Api;
  store: Store;
  url: string;
  /** What the API asked of lifecycle and fabric. */
  calls: Call[];
  /** Methods that answer otherwise than the fakes below. */
  answers: Record<string, (...args: unknown[]) => unknown>;
  close(): Promise<void>;
}

const NOTHING = async () => {};

/** An object whose every method records its call and answers what `answers` says, or `fallback`. */
function recorder<T extends object>(test: Pick<TestApi, 'calls' | 'answers'>, fallback: T): T {
  return new Proxy(fallback, {
    get(target, name: string) {
      return async (...args: unknown[]) => {
        test.calls.push([name, ...args]);
        const answer = test.answers[name] ?? (target as Record<string, (...given: unknown[]) => unknown>)[name];
        return answer?.(...args);
      };
    },
  });
}

export function operation(state: Operation['state'] = 'pending', id: string = randomUUID()): Operation {
  return {
    id,
    kind: 'settle',
    state,
    requestedBy: 'anonymous',
    reason: 'test',
    nodeUuid: null,
    legs: [],
    error: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
  };
}

/** The real server on a real socket and a real database; lifecycle and fabric only record. */
export async function testApi(options: Partial<ApiOptions> = {}): Promise<TestApi> {
  const store = await testStore();
  const recorded: Pick<TestApi, 'calls' | 'answers'> = { calls: [], answers: {} };
  const lifecycle = recorder<Lifecycle>(recorded, {
    provision: NOTHING,
    power: NOTHING,
    getBootDevice: async () => ({ boot_device: 'pxe', persistent: false }),
    setBootDevice: NOTHING,
    supportedBootDevices: async () => ['pxe', 'disk'],
    validate: async () => ({ power: { result: true }, management: { result: false, reason: 'no address' } }),
    attachVif: NOTHING,
    detachVif: NOTHING,
    lookup: async ({ nodeUuid }) => ({
      nodeUuid: nodeUuid!,
      config: { heartbeat_timeout: 300, agent_token: 'T'.repeat(43) },
    }),
    heartbeat: NOTHING,
    continueInspection: async (_body, { nodeUuid }) => ({ nodeUuid: nodeUuid! }),
  });
  const fabric = recorder<Fabric>(recorded, {
    place: async () => operation(),
    settle: async () => operation(),
    operation: async (_db, id) => operation('pending', id),
    waitOperation: async (id) => operation('succeeded', id),
    learnLinks: async () => [],
  });
  const admin = recorder<FabricAdmin>(recorded, {
    addSwitch: async () => ({ id: '', operation: null }),
    removeSwitch: NOTHING,
    refreshSwitch: async () => operation(),
    neighbors: async () => [],
    macs: async () => [],
    preview: async () => ({ ports: [], lines: [] }),
    addNetwork: async () => ({ id: '', operation: null }),
    removeNetwork: NOTHING,
  });
  const api = createApi({
    store,
    secrets: testSecrets(),
    fabric,
    admin,
    lifecycle,
    log: silentLog,
    host: '127.0.0.1',
    port: 0,
    hostname: 'controller-1',
    version: '0.0.0',
    ...options,
  });
  const { url } = await api.listen();
  return {
    ...recorded,
    api,
    store,
    url,
    async close() {
      await api.close();
      await store.close();
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** One request as a client of `version` sends it. */
export async function call(
  url: string,
  method: string,
  path: string,
  options: { body?: unknown; version?: string | null; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.version !== null) headers['x-openstack-ironic-api-version'] = options.version ?? '1.78';
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const response = await fetch(url + path, { method, headers, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

/** The inner object of an Ironic error body. */
export const faultOf = (answer: Answer): Record<string, unknown> => JSON.parse(answer.body.error_message);
