import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import { type BoundedResponse, boundedRequest, TransportFault } from '../http-client/request.ts';
import { pinnedTo, type Trust } from '../http-client/trust.ts';
import { refusal, transportError } from './agent-errors.ts';
import { type CommandResult, commandListSchema, commandResultSchema, resultOf } from './command-result.ts';
import { type AgentCommand, shortName } from './commands.ts';

export interface AgentClientOptions {
  /** The heartbeat's callback_url. */
  url: string;
  token: string;
  /** The heartbeat's agent_verify_ca: for https this very certificate and no other is accepted. */
  verifyCa: string | null;
  /** ms one exchange may take; a command with `wait` answers only when it is done. Default 60 s. */
  timeoutMs?: number;
  /** Tries of an exchange that did not come about. Default 3. */
  attempts?: number;
  /** ms before the second try, doubled each time. Default 1 s. */
  backoffMs?: number;
  signal?: AbortSignal;
}

export interface WaitOptions {
  /** ms. Default 30 min, the field's deploy_callback_timeout. */
  timeoutMs?: number;
  /** ms the agent may be out of reach before it is given up. Default: timeoutMs. */
  silenceMs?: number;
  /** ms. Default 2 s. */
  pollMs?: number;
  onProgress?: (result: CommandResult) => void;
  /** Called whenever the agent did not answer; what it throws ends the waiting. */
  onSilence?: () => Promise<void>;
}

// Deploy steps come back with their arguments, a 64 MiB config drive in base64 among them; logs are of that order too.
const maxBytes = 128 * 1024 * 1024;

/**
 * The conductor's side of the ironic-python-agent command API. The token goes with GETs too: today's agents demand
 * it there and those of the Ironic 21.4 era ignore it. Errors: `agent_unreachable`, `agent_busy` (both retryable),
 * `agent_token_refused`, `agent_unknown_command`, `agent_refused`, `agent_command_failed`, `agent_version_mismatch`,
 * `agent_command_timeout`, `agent_command_lost`, `agent_answer_invalid`, `agent_certificate_untrusted`.
 */
export class AgentClient {
  readonly #options: AgentClientOptions;
  readonly #trust: Trust;

  constructor(options: AgentClientOptions) {
    this.#options = options;
    if (options.url.startsWith('https:') && !options.verifyCa) {
      throw new FabricError(
        'agent_certificate_untrusted',
        `The agent at ${options.url} sent no certificate to check it by. Wait for its next heartbeat.`,
      );
    }
    this.#trust = options.verifyCa ? pinnedTo(options.verifyCa) : { kind: 'unverified' };
  }

  /** Every command since the agent started, oldest first. */
  async commands(): Promise<CommandResult[]> {
    const response = await this.#retrying(
      () => this.#send('GET', {}),
      () => true,
    );
    return this.#parse(commandListSchema, response).commands;
  }

  /** One command's present state. Throws `agent_command_lost` when the agent does not know it (it was restarted). */
  async command(id: string): Promise<CommandResult> {
    const found = (await this.commands()).find((command) => command.id === id);
    if (found) return found;
    throw new FabricError(
      'agent_command_lost',
      `The agent at ${this.#options.url} no longer knows command ${id}: it was restarted. Start the step again.`,
      {
        context: { id },
      },
    );
  }

  /**
   * Sends a command. With `wait: false` the result is normally still RUNNING. An exchange that broke off after it was
   * sent is not repeated blindly: the agent is asked whether it took the command.
   */
  async execute(command: AgentCommand): Promise<CommandResult> {
    const before = command.wait ? new Set<string>() : new Set((await this.commands()).map(({ id }) => id));
    const send = async (): Promise<CommandResult> => {
      const body = JSON.stringify({ name: command.name, params: command.params });
      return this.#parse(
        commandResultSchema,
        await this.#send('POST', { wait: String(command.wait) }, body, command.name),
      );
    };
    const notSent = (error: unknown): boolean => faultOf(error)?.sent === false;
    try {
      // Commands with `wait` only read: they may be repeated.
      return await this.#retrying(send, command.wait ? () => true : notSent);
    } catch (error) {
      if (command.wait || !isFabricError(error, 'agent_unreachable') || notSent(error)) throw error;
      const isNew = ({ command_name, id }: CommandResult) =>
        command_name === shortName(command.name) && !before.has(id);
      const taken = (await this.commands()).find(isNew);
      return taken ?? (await send());
    }
  }

  /** Polls until the command is no longer RUNNING. Passing silence of the agent is waited out within `silenceMs`. */
  async waitFor(id: string, options: WaitOptions = {}): Promise<CommandResult> {
    const timeoutMs = options.timeoutMs ?? 1_800_000;
    const deadline = performance.now() + timeoutMs;
    let silence: FabricError | null = null;
    let heardAt = performance.now();
    for (;;) {
      try {
        const result = await this.command(id);
        silence = null;
        heardAt = performance.now();
        options.onProgress?.(result);
        if (result.command_status !== 'RUNNING') return result;
      } catch (error) {
        if (!isFabricError(error, 'agent_unreachable') || this.#options.signal?.aborted) throw error;
        silence = error;
        const silentMs = performance.now() - heardAt;
        if (silentMs >= (options.silenceMs ?? timeoutMs)) throw gaveUp(error, silentMs);
        await options.onSilence?.();
      }
      if (performance.now() >= deadline) {
        throw (
          silence ??
          new FabricError(
            'agent_command_timeout',
            `Command ${id} is still running after ${Math.round(timeoutMs / 1000)} s. Look at the node's console.`,
            {
              context: { id },
            },
          )
        );
      }
      await sleep(options.pollMs ?? 2000, undefined, this.#options.signal ? { signal: this.#options.signal } : {});
    }
  }

  /** Executes, waits and returns the command's result; throws with the agent's words when it failed. */
  async run(command: AgentCommand, options: WaitOptions = {}): Promise<unknown> {
    const started = await this.execute(command);
    return resultOf(started.command_status === 'RUNNING' ? await this.waitFor(started.id, options) : started);
  }

  async #send(
    method: 'GET' | 'POST',
    query: Record<string, string>,
    body?: string,
    name = 'list',
  ): Promise<BoundedResponse> {
    const { url, token, timeoutMs, signal } = this.#options;
    const target = new URL('/v1/commands/', url);
    target.search = new URLSearchParams({ ...query, agent_token: token }).toString();
    let response: BoundedResponse;
    try {
      response = await boundedRequest({
        method,
        url: target,
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
        trust: this.#trust,
        timeoutMs: timeoutMs ?? 60_000,
        maxBytes,
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      throw transportError(url, error);
    }
    if (response.status >= 200 && response.status < 300) return response;
    throw refusal(url, name, response);
  }

  async #retrying<T>(call: () => Promise<T>, mayRepeat: (error: unknown) => boolean): Promise<T> {
    const attempts = this.#options.attempts ?? 3;
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        const repeat = isFabricError(error, 'agent_unreachable') && mayRepeat(error) && !this.#options.signal?.aborted;
        if (!repeat || attempt >= attempts) throw error;
        await sleep((this.#options.backoffMs ?? 1000) * 2 ** (attempt - 1));
      }
    }
  }

  #parse<T>(schema: z.ZodType<T>, response: BoundedResponse): T {
    let value: unknown;
    try {
      value = JSON.parse(response.body.toString('utf8'));
    } catch {
      value = undefined;
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw new FabricError(
      'agent_answer_invalid',
      `The agent at ${this.#options.url} answered what no agent answers (${issue?.path.join('.')} ${issue?.message}). Check that callback_url is the agent.`,
    );
  }
}

/** Not retryable: it was tried long enough. */
function gaveUp(silence: FabricError, silentMs: number): FabricError {
  return new FabricError(
    silence.code,
    `${silence.message} It has been out of reach for ${Math.round(silentMs / 1000)} s while a command ran.`,
    { context: silence.context, cause: silence },
  );
}

function faultOf(error: unknown): TransportFault | null {
  return error instanceof FabricError && error.cause instanceof TransportFault ? error.cause : null;
}
