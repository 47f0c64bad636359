import netSnmp, { type Callback, type Session, type Varbind } from 'net-snmp';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { TargetOptions } from '../../contract/target.ts';
import { asSwitchError, invalid, notAuthentic, type SetVarbind, unreachable } from './errors.ts';
import { system } from './mib.ts';
import type { SnmpOptions } from './options.ts';
import { connectSocket, type SnmpSocket } from './socket.ts';
import type { Column, SnmpValue } from './values.ts';
import { walkColumns } from './walk.ts';

/** Objects of one GET: what fits into 484 octets, which every agent takes (RFC 3417 section 3.2), unless values are long. */
const GET_AT_ONCE = 12;
const TABLE_MS = 60_000;
const CELLS = 20_000;
const TYPES = {
  integer: netSnmp.ObjectType.Integer,
  /** Unsigned32 and Gauge32 are one type on the wire (RFC 2578 section 7.1). */
  unsigned: netSnmp.ObjectType.Gauge,
  octets: netSnmp.ObjectType.OctetString,
};

/**
 * SNMP with one agent, one request at a time. Questions are asked again when nobody answers; a change is sent once, since
 * nobody knows whether a change without an answer was made, or what was changed by others since.
 */
export class SnmpConnection {
  readonly name: string;
  #options: SnmpOptions;
  #tableMs: number;
  #session: Session;
  /** Ends the request that is under way. */
  #fail: (error: unknown) => void = () => {};
  #closed = false;

  private constructor(name: string, options: SnmpOptions, target: TargetOptions, socket: SnmpSocket) {
    this.name = name;
    this.#options = options;
    this.#tableMs = target.commandTimeoutMs ?? TABLE_MS;
    this.#session = sessionOf(options, socket);
    // What is no SNMP at all is not waited for any less: the answer may still come.
    this.#session.on('error', () => {});
  }

  /** Throws `switch_unreachable` or, where the agent can be told from nobody, `switch_auth_failed`. */
  static async open(name: string, options: SnmpOptions, target: TargetOptions): Promise<SnmpConnection> {
    const opened: { connection?: SnmpConnection } = {};
    const socket = await connectSocket(options.host, options.port, (error) => {
      if (opened.connection) opened.connection.#fail(error);
    }).catch((error: unknown) => {
      throw unreachable(name, messageOf(error), error);
    });
    const connection = new SnmpConnection(name, options, target, socket);
    opened.connection = connection;
    try {
      await connection.get([system.sysObjectID]);
      return connection;
    } catch (error) {
      connection.close();
      throw connection.#notOpened(error);
    }
  }

  /** Values in the order of the OIDs; null where the agent has none. */
  async get(oids: readonly string[]): Promise<Array<SnmpValue | null>> {
    const values: Array<SnmpValue | null> = [];
    for (let at = 0; at < oids.length; at += GET_AT_ONCE) {
      const some = oids.slice(at, at + GET_AT_ONCE);
      const varbinds = await this.#ask(`GET ${some.join(' ')}`, (done: Callback<Varbind[]>) =>
        this.#session.get([...some], done),
      );
      some.forEach((oid, index) => {
        const varbind = varbinds[index];
        if (varbind?.oid !== oid) throw invalid(this.name, `answers for ${varbind?.oid} instead of ${oid}`);
        values.push(typeof varbind.value === 'boolean' ? null : varbind.value);
      });
    }
    return values;
  }

  /** Columns of one table, read side by side. A table that the agent has not is empty. */
  walk(columns: readonly string[], { cells = CELLS, timeFilter = false } = {}): Promise<Column[]> {
    const bulk = (oids: string[], repetitions: number) =>
      this.#ask(`GETBULK ${oids.join(' ')}`, (done: Callback<Varbind[][]>) =>
        this.#session.getBulk(oids, 0, repetitions, done),
      );
    const limits = { cells, timeFilter, bulk: this.#options.bulk, until: performance.now() + this.#tableMs };
    return walkColumns(this.name, columns, bulk, limits);
  }

  /** One request, sent once. The agent makes all of it or nothing, as far as it keeps to RFC 3416 section 4.2.5. */
  async set(varbinds: readonly SetVarbind[]): Promise<void> {
    const asked = varbinds.map(({ line }) => line).join(', ');
    try {
      await this.#request((done: Callback<Varbind[]>) =>
        this.#session.set(
          varbinds.map(({ oid, type, value }) => ({ oid, value, type: TYPES[type] ?? 0 })),
          done,
        ),
      );
    } catch (error) {
      throw asSwitchError(this.name, error, asked, varbinds);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#fail(this.#over());
    this.#session.close();
  }

  async #ask<T>(asked: string, send: (done: Callback<T>) => void): Promise<T> {
    for (let left = this.#options.retries; ; left -= 1) {
      try {
        return await this.#request(send);
      } catch (error) {
        const fault = asSwitchError(this.name, error, asked);
        if (left === 0 || !isFabricError(fault, 'switch_timeout')) throw fault;
      }
    }
  }

  #request<T>(send: (done: Callback<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) {
        reject(this.#over());
        return;
      }
      this.#fail = reject;
      send((error, result) => (error || result === undefined ? reject(error) : resolve(result)));
    });
  }

  #notOpened(error: unknown): unknown {
    if (!isFabricError(error, 'switch_timeout')) return error;
    const { version, host, port } = this.#options;
    // Discovery is answered to whoever asks (RFC 3414 section 4); what was not answered is the first request with keys.
    if (version === '3' && this.#session.msgSecurityParameters !== undefined) return notAuthentic(this.name, error);
    const hint = version === '2c' ? ', and the community: a wrong one is not answered' : '';
    return unreachable(this.name, `nobody answers at ${host} port ${port}; check the address${hint}`, error);
  }

  #over(): FabricError {
    return new FabricError('switch_session_closed', `session to switch ${this.name} was closed; open a new one`, {
      context: { switch: this.name },
    });
  }
}

function sessionOf(options: SnmpOptions, { address, transport, module: dgramModule }: SnmpSocket): Session {
  const common = { port: options.port, timeout: options.timeoutMs, retries: 0, transport, dgramModule };
  if (options.version === '2c') {
    return netSnmp.createSession(address, options.community, { ...common, version: netSnmp.Version2c });
  }
  const { user: name, authProtocol, authKey, privProtocol, privKey } = options;
  return netSnmp.createV3Session(
    address,
    {
      name,
      level: netSnmp.SecurityLevel.authPriv,
      authProtocol: netSnmp.AuthProtocols[authProtocol] ?? 0,
      authKey,
      privProtocol: netSnmp.PrivProtocols[privProtocol] ?? 0,
      privKey,
    },
    common,
  );
}
