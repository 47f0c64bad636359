import { EventEmitter } from 'node:events';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { type OvsdbTls, openSocket } from './connect.ts';
import { isArray, isObject, type Json } from './json.ts';
import { JsonRpcPeer } from './json-rpc.ts';
import { type ConditionalMonitorRequest, Monitor, type MonitorRequest } from './monitor.ts';
import { malformed } from './notation.ts';
import type { Operation, ResultsOf } from './operations.ts';
import { parseRemote } from './remote.ts';
import { Replica } from './replica.ts';
import { type DatabaseSchema, readSchema } from './schema.ts';
import { readResults } from './transact.ts';

export interface OvsdbOptions {
  /** Needed for an ssl remote. */
  tls?: OvsdbTls;
  /** Milliseconds until the connection, with its first echo, is given up. Default 10,000. */
  connectTimeoutMs?: number;
  /** Milliseconds until a request without an answer is given up. Default 10,000. */
  requestTimeoutMs?: number;
  /** Milliseconds of silence after which the server is probed; as many again and it is dead. 0 = never. Default 5,000. */
  probeIntervalMs?: number;
  /** Largest message taken from the server, in bytes. Default 64 MiB. */
  maxMessageBytes?: number;
}

/**
 * A connection to an OVSDB server (RFC 7047; conditional monitors as in ovsdb-server(7)).
 *
 * Events: `close` (why), once; `locked` / `stolen` (lock id). A connection that ended stays so: connecting again, and
 * when, is the caller's choice. All failures are FabricErrors: `ovsdb_bad_remote`, `ovsdb_unreachable`,
 * `ovsdb_tls_untrusted`, `ovsdb_tls_config`, `ovsdb_closed`, `ovsdb_timeout`, `ovsdb_malformed`, `ovsdb_too_large`,
 * `ovsdb_rpc_error`, `ovsdb_operation_error`, `ovsdb_commit_error`.
 */
export class OvsdbClient extends EventEmitter<{ close: [FabricError]; locked: [string]; stolen: [string] }> {
  readonly #peer: JsonRpcPeer;
  readonly #monitors = new Map<number, Monitor>();
  readonly #schemas = new Map<string, DatabaseSchema>();
  #nextMonitor = 1;

  private constructor(peer: JsonRpcPeer) {
    super();
    this.#peer = peer;
    peer.on('notification', (method, params) => this.#notified(method, params));
    peer.on('close', (error) => this.emit('close', error));
  }

  /** Connects and proves with an echo that an OVSDB server answers and lets us in. */
  static async connect(remote: string, options: OvsdbOptions = {}): Promise<OvsdbClient> {
    const connectTimeoutMs = options.connectTimeoutMs ?? 10_000;
    const deadline = performance.now() + connectTimeoutMs;
    const socket = await openSocket(parseRemote(remote), options.tls, connectTimeoutMs);
    const peer = new JsonRpcPeer(socket, {
      name: remote,
      requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
      probeIntervalMs: options.probeIntervalMs ?? 5_000,
      maxMessageBytes: options.maxMessageBytes,
    });
    try {
      // Under TLS 1.3 a server that misses our certificate says so only after our side of the handshake is done.
      await peer.call('echo', [], () => undefined, Math.max(1, deadline - performance.now()));
      return new OvsdbClient(peer);
    } catch (cause) {
      peer.close();
      if (!isFabricError(cause, 'ovsdb_closed', 'ovsdb_timeout')) throw cause;
      throw new FabricError(
        'ovsdb_unreachable',
        `${remote} took the connection but does not talk OVSDB with us: ${cause.message} Check that it is ovsdb-server's port and, for ssl, that it accepts our certificate.`,
        { retryable: true, context: { remote }, cause },
      );
    }
  }

  /** Why the connection ended; null while it is open. */
  get closed(): FabricError | null {
    return this.#peer.closed;
  }

  listDbs(): Promise<string[]> {
    return this.#peer.call('list_dbs', [], (result) => {
      if (!isArray(result)) throw malformed('a list of databases', result);
      return result.map(String);
    });
  }

  getSchema(database: string): Promise<DatabaseSchema> {
    return this.#peer.call('get_schema', [database], (result) => {
      const schema = readSchema(result);
      this.#schemas.set(database, schema);
      return schema;
    });
  }

  /**
   * Runs the operations as one transaction: all or nothing. The results have the types of the operations, in order.
   * An update, mutate or delete whose `where` matches nothing succeeds with count 0: check it.
   */
  transact<const Operations extends readonly Operation[]>(
    database: string,
    operations: Operations,
    options: { timeoutMs?: number } = {},
  ): Promise<ResultsOf<Operations>> {
    return this.#peer.call(
      'transact',
      [database, ...operations],
      (result) => readResults(operations, result),
      options.timeoutMs,
    );
  }

  /** Follows whole tables (RFC 7047 section 4.1.5). Resolves with the present content in the monitor's `tables`. */
  monitor(database: string, requests: Readonly<Record<string, MonitorRequest>>): Promise<Monitor> {
    const replica = new Replica(Object.keys(requests));
    return this.#follow('monitor', database, requests, replica, (updates) => replica.update(updates));
  }

  /** Follows the rows that match (`monitor_cond`, Open vSwitch 2.6 and later); the server sends differences only. */
  async monitorCond(database: string, requests: Readonly<Record<string, ConditionalMonitorRequest>>): Promise<Monitor> {
    const schema = this.#schemas.get(database) ?? (await this.getSchema(database));
    const replica = new Replica(Object.keys(requests));
    const columns = new Map(Object.entries(requests).map(([table, request]) => [table, request.columns]));
    const lists = Object.fromEntries(Object.entries(requests).map(([table, request]) => [table, [request]]));
    return this.#follow('monitor_cond', database, lists, replica, (updates) =>
      replica.update2(updates, schema, columns),
    );
  }

  /** Asks for a lock; false: it is held by another, and `locked` is emitted when it becomes ours. */
  lock(id: string): Promise<boolean> {
    return this.#peer.call('lock', [id], readLocked);
  }

  /** Takes a lock from whoever holds it, who is told by `stolen`. */
  async steal(id: string): Promise<void> {
    await this.#peer.call('steal', [id], readLocked);
  }

  async unlock(id: string): Promise<void> {
    await this.#peer.call('unlock', [id], () => undefined);
  }

  /** Proof of life on demand. */
  async echo(): Promise<void> {
    await this.#peer.call('echo', [], () => undefined);
  }

  close(): void {
    this.#peer.close();
  }

  #follow(
    method: 'monitor' | 'monitor_cond',
    database: string,
    requests: object,
    replica: Replica,
    read: (updates: Json | undefined) => ReturnType<Replica['update']>,
  ): Promise<Monitor> {
    const id = this.#nextMonitor++;
    return this.#peer.call(method, [database, id, requests], (initial) => {
      read(initial);
      const monitor = new Monitor(replica, read, async () => {
        if (!this.#monitors.delete(id) || this.closed !== null) return;
        await this.#peer.call('monitor_cancel', [id], () => undefined);
      });
      this.#monitors.set(id, monitor);
      return monitor;
    });
  }

  #notified(method: string, params: readonly Json[]): void {
    switch (method) {
      case 'update':
      case 'update2':
        this.#updated(params);
        break;
      case 'locked':
      case 'stolen':
        if (typeof params[0] === 'string') this.emit(method, params[0]);
    }
  }

  #updated([id, updates]: readonly Json[]): void {
    const monitor = typeof id === 'number' ? this.#monitors.get(id) : undefined;
    try {
      monitor?.receive(updates);
    } catch (error) {
      // After an update that cannot be read the copy is no longer true.
      if (!isFabricError(error, 'ovsdb_malformed')) throw error;
      this.#peer.fail(error);
    }
  }
}

function readLocked(result: Json): boolean {
  if (!isObject(result) || typeof result.locked !== 'boolean') throw malformed('the state of a lock', result);
  return result.locked;
}
