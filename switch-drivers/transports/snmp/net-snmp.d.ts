/** The part of net-snmp that is used here; the package brings no types. Only transports/snmp and simulator/snmp import it. */
declare module 'net-snmp' {
  import type { Socket } from 'node:dgram';
  import type { EventEmitter } from 'node:events';

  /** Integers are numbers, octet strings and Counter64 buffers, OIDs and IP addresses text. */
  export interface Varbind {
    oid: string;
    type: number;
    value: number | Buffer | string | boolean | null;
  }

  export type Callback<T> = (error: Error | null, result?: T) => void;

  export interface Session extends EventEmitter {
    /** SNMPv3: what discovery has told; absent until the agent has answered. */
    msgSecurityParameters?: unknown;
    get(oids: string[], done: Callback<Varbind[]>): void;
    getBulk(oids: string[], nonRepeaters: number, maxRepetitions: number, done: Callback<Varbind[][]>): void;
    set(varbinds: Varbind[], done: Callback<Varbind[]>): void;
    close(): void;
  }

  export interface User {
    name: string;
    level: number;
    authProtocol: number;
    authKey: string;
    privProtocol: number;
    privKey: string;
  }

  /** What creates sockets in place of node:dgram. */
  export interface DgramModule {
    createSocket(transport: string): Pick<Socket, 'on' | 'send' | 'bind' | 'close' | 'ref' | 'unref' | 'address'>;
  }

  export interface SessionOptions {
    version?: number;
    port: number;
    transport: 'udp4' | 'udp6';
    timeout: number;
    retries: number;
    dgramModule: DgramModule;
  }

  export interface Pdu {
    type: number;
    varbinds: Varbind[];
    nonRepeaters: number;
    maxRepetitions: number;
    errorStatus?: number;
    errorIndex?: number;
    getResponsePduForRequest(): Pdu;
  }

  export interface Message {
    pdu: Pdu;
  }

  export type Handler = (socket: Socket, message: Message, from: unknown) => void;

  export interface Agent {
    engine: { engineBoots: number; engineTime: number };
    getRequest: Handler;
    getNextRequest: Handler;
    getBulkRequest: Handler;
    setRequest: Handler;
    getAuthorizer(): { addUser(user: User): void; addCommunity(community: string): void };
    sendResponse(socket: Socket, from: unknown, request: Message, response: Pdu): void;
    close(done?: () => void): void;
  }

  class RequestFailedError extends Error {
    /** Error status of RFC 3416 section 3. */
    status: number;
  }
  class RequestTimedOutError extends Error {}
  class ResponseInvalidError extends Error {
    code: number;
  }

  const netSnmp: {
    createSession(host: string, community: string, options: SessionOptions): Session;
    createV3Session(host: string, user: User, options: SessionOptions): Session;
    createAgent(
      options: { address: string; port: number; transport: 'udp4' | 'udp6'; dgramModule: DgramModule },
      done: (error: Error | null) => void,
    ): Agent;
    Version2c: number;
    ObjectType: Readonly<Record<string, number>>;
    ErrorStatus: Readonly<Record<string, number>>;
    SecurityLevel: { authPriv: number };
    AuthProtocols: Readonly<Record<string, number>>;
    PrivProtocols: Readonly<Record<string, number>>;
    ResponseInvalidCode: Readonly<Record<string, number>>;
    RequestFailedError: typeof RequestFailedError;
    RequestTimedOutError: typeof RequestTimedOutError;
    ResponseInvalidError: typeof ResponseInvalidError;
  };
  // biome-ignore lint/style/noDefaultExport: it is what the package exports
  export default netSnmp;
}
