import { setTimeout as delay } from 'node:timers/promises';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { RootDeviceHints } from '../../inspection/root-device.ts';
import { selfSignedCertificate } from './certificate.ts';
import { startCommandServer } from './command-server.ts';
import { CommandTable } from './command-table.ts';
import { ConductorClient, type LookupResult } from './conductor-client.ts';
import { cleanCommands } from './extensions/clean.ts';
import { deployCommands } from './extensions/deploy.ts';
import type { Machine } from './extensions/machine.ts';
import { reportCommands } from './extensions/report.ts';
import { standbyCommands } from './extensions/standby.ts';
import type { Hardware } from './hardware.ts';
import { HeartbeatLoop } from './heartbeat-loop.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { inspectionReport } from './inspection-report.ts';

/** Version of ironic-python-agent whose contract this agent speaks; conductors switch features on it. */
export const AGENT_VERSION = '11.0.0';

export interface AgentOptions {
  hardware: Hardware;
  /** Conductors' base URLs (ipa-api-url); the next one is tried when one does not answer. */
  apiUrls: string[];
  /** ipa-inspection-callback-url; null: no inspection, lookup at once. */
  inspectionUrl?: string | null;
  /** Where the command API listens. Port 0: any free one. */
  listen: { address: string; port: number };
  /** Address the conductor reaches the command API at; the certificate is for it. */
  advertiseAddress: string;
  /** Outgoing HTTP; default: createHttpClient(). */
  http?: HttpClient;
  /** ipa-agent-token: a token known before lookup. */
  token?: string | null;
  rootDeviceHints?: RootDeviceHints | null;
  /** How long NICs listen for LLDP, from the start. Default 30 s: switches send every 30 s and when a link comes up. */
  lldpTimeoutMs?: number;
  /** Default 600 s. */
  lookupTimeoutMs?: number;
  /** First wait between lookups, doubled up to 60 s. Default 1 s. */
  lookupIntervalMs?: number;
  download?: { retries: number; retryDelayMs: number };
  log?: (line: string) => void;
}

export interface Agent {
  /** Resolves when the agent was stopped or locked down, rejects with the FabricError that ended it. */
  readonly finished: Promise<void>;
  /** Ends everything the agent does and closes everything it opened; the running command is aborted. */
  stop(): Promise<void>;
}

/** Starts an agent: inspection, lookup, command API, heartbeats. Many may run in one process. */
export function startAgent(options: AgentOptions): Agent {
  const stopper = new AbortController();
  const run = new AgentRun(options, stopper).run();
  const finished = run.catch((error) => {
    if (!stopper.signal.aborted) throw error;
  });
  // Whoever does not look at `finished` must not be ended by it.
  finished.catch(() => {});
  return {
    finished,
    stop: async () => {
      stopper.abort();
      await finished.catch(() => {});
    },
  };
}

class AgentRun {
  readonly #options: AgentOptions;
  readonly #stopper: AbortController;
  readonly #http: HttpClient;
  readonly #conductor: ConductorClient;
  readonly #log: (line: string) => void;

  constructor(options: AgentOptions, stopper: AbortController) {
    this.#options = options;
    this.#stopper = stopper;
    this.#http = options.http ?? createHttpClient();
    this.#conductor = new ConductorClient(this.#http, options.apiUrls);
    this.#log = options.log ?? (() => {});
  }

  async run(): Promise<void> {
    const { signal } = this.#stopper;
    const { hardware, inspectionUrl, lldpTimeoutMs = 30_000 } = this.#options;
    const lldp = hardware.lldp(lldpTimeoutMs, signal);
    // Whoever asks for it is told what went wrong; nobody may ask.
    lldp.catch(() => {});
    const nodeUuid = inspectionUrl ? await this.#inspect(inspectionUrl, lldp) : null;
    const found = await this.#lookup(nodeUuid);
    const token = this.#options.token ?? found.token;
    if (token === null || token === 'masked') throw noToken(found);

    const machine = this.#machine(found, lldp);
    let heartbeats: HeartbeatLoop | null = null;
    const table = new CommandTable(commandsOf(machine), this.#log, () => heartbeats?.beatNow());
    const certificate = await selfSignedCertificate(this.#options.advertiseAddress);
    const { address, port } = this.#options.listen;
    const server = await startCommandServer({
      address,
      port,
      certificate,
      token,
      version: AGENT_VERSION,
      table,
      log: this.#log,
    });
    try {
      const host = this.#options.advertiseAddress;
      const body = {
        callback_url: `https://${host.includes(':') ? `[${host}]` : host}:${server.port}`,
        agent_token: token,
        agent_version: AGENT_VERSION,
        agent_verify_ca: certificate.cert,
      };
      heartbeats = new HeartbeatLoop(
        () => this.#conductor.heartbeat(found.node.uuid, body, signal),
        found.heartbeatTimeoutS * 1000,
        this.#log,
      );
      this.#log(`node ${found.node.uuid}: commands at ${body.callback_url}`);
      await heartbeats.run(signal);
    } finally {
      await table.stop();
      await server.close();
    }
  }

  /** Sends the inventory; whatever comes of it, lookup is next. */
  async #inspect(url: string, lldp: Machine['lldp']): Promise<string | null> {
    const { signal } = this.#stopper;
    const report = await inspectionReport(this.#options.hardware, {
      lldp,
      rootDeviceHints: this.#options.rootDeviceHints ?? null,
    });
    const deadline = performance.now() + this.#lookupTimeout();
    for (let wait = this.#lookupInterval(); ; wait = Math.min(wait * 2, 60_000)) {
      try {
        const uuid = await this.#conductor.continueInspection(url, report, signal);
        this.#log('inspection data sent');
        return uuid;
      } catch (error) {
        signal.throwIfAborted();
        this.#log(`inspection data not taken: ${messageOf(error)}`);
        // A conductor that is being started again needs its time, and nobody else has this report.
        if (!isFabricError(error) || !error.retryable || performance.now() + wait > deadline) return null;
        await delay(wait, undefined, { signal });
      }
    }
  }

  async #lookup(nodeUuid: string | null): Promise<LookupResult> {
    const { signal } = this.#stopper;
    const { interfaces } = await this.#options.hardware.inventory();
    const addresses = interfaces.map((one) => one.mac_address);
    const deadline = performance.now() + this.#lookupTimeout();
    for (let wait = this.#lookupInterval(); ; wait = Math.min(wait * 2, 60_000)) {
      try {
        return await this.#conductor.lookup(addresses, nodeUuid, signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#log(`lookup: ${messageOf(error)}`);
        if (performance.now() + wait > deadline) {
          throw new FabricError(
            'agent_lookup_failed',
            `no conductor knows this machine (${addresses.join(', ')}): ${messageOf(error)}; check that a node with one of these addresses is being inspected, cleaned or deployed`,
            { cause: error, retryable: true, context: { addresses } },
          );
        }
        await delay(wait, undefined, { signal });
      }
    }
  }

  #lookupTimeout(): number {
    return this.#options.lookupTimeoutMs ?? 600_000;
  }

  #lookupInterval(): number {
    return this.#options.lookupIntervalMs ?? 1000;
  }

  #machine(found: LookupResult, lldp: Machine['lldp']): Machine {
    return {
      hardware: this.#options.hardware,
      lldp,
      http: this.#http,
      node: found.node,
      rootDeviceHints: this.#options.rootDeviceHints ?? null,
      download: this.#options.download ?? { retries: 9, retryDelayMs: 5000 },
      log: this.#log,
      shutDown: async () => this.#stopper.abort(),
    };
  }
}

function commandsOf(machine: Machine) {
  return {
    ...deployCommands(machine),
    ...cleanCommands(machine),
    ...standbyCommands(machine),
    ...reportCommands(machine),
  };
}

function noToken(found: LookupResult): FabricError {
  return new FabricError(
    found.token === 'masked' ? 'agent_token_taken' : 'agent_token_missing',
    found.token === 'masked'
      ? `the conductor gave the token of node ${found.node.uuid} away before; power the server off and on again through the conductor`
      : `the conductor gave no token of 32 characters or more for node ${found.node.uuid}; this agent takes no commands without one`,
    { context: { node: found.node.uuid } },
  );
}
