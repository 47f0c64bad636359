import { randomUUID } from 'node:crypto';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';

export type CommandStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CLEAN_VERSION_MISMATCH';

/** A command as ironic-python-agent serialises it. */
export interface CommandRecord {
  id: string;
  /** Without its extension: `execute_deploy_step`. */
  command_name: string;
  command_status: CommandStatus;
  command_error: { type: string; code: number; message: string; details: string } | null;
  command_result: unknown;
}

export interface CommandContext {
  /** Becomes `command_result` while the command runs. */
  progress(result: unknown): void;
  /** Runs once the command is done and its caller has the answer: what ends the machine or the network. */
  after(action: () => Promise<void>): void;
  signal: AbortSignal;
}

export type CommandParams = Record<string, unknown>;

export interface Command {
  /** Asynchronous commands are answered while they run. */
  async: boolean;
  run(params: CommandParams, context: CommandContext): Promise<unknown>;
}

/** Commands by full name, e.g. `deploy.execute_deploy_step`. */
export type CommandSet = Record<string, Command>;

export interface Execution {
  record: CommandRecord;
  async: boolean;
  /** Settles when the command has ended, however it ended. */
  done: Promise<void>;
  /** To be called when the answer to the caller is out (or lost). */
  answered(): void;
}

/** Finished commands kept for the conductor to read. */
const KEPT = 100;

/** Runs commands, one at a time, and keeps what they returned. */
export class CommandTable {
  readonly #commands: CommandSet;
  readonly #log: (line: string) => void;
  readonly #onAsyncEnd: () => void;
  readonly #records: CommandRecord[] = [];
  readonly #executions = new Map<string, Execution>();
  readonly #stop = new AbortController();

  constructor(commands: CommandSet, log: (line: string) => void, onAsyncEnd: () => void) {
    this.#commands = commands;
    this.#log = log;
    this.#onAsyncEnd = onAsyncEnd;
  }

  list(): CommandRecord[] {
    return [...this.#records];
  }

  find(id: string): Execution | null {
    return this.#executions.get(id) ?? null;
  }

  /** FabricError `command_unknown` (404) or `command_busy` (409). */
  start(name: string, params: CommandParams): Execution {
    const command = Object.hasOwn(this.#commands, name) ? this.#commands[name] : undefined;
    if (!command) {
      throw new FabricError(
        'command_unknown',
        `this agent has no command ${JSON.stringify(name)}; it has ${Object.keys(this.#commands).join(', ')}`,
      );
    }
    const running = this.#records.find((record) => record.command_status === 'RUNNING');
    if (running) {
      throw new FabricError(
        'command_busy',
        `Agent is busy: executing command ${running.command_name}; wait for its end and ask again`,
        { retryable: true, context: { running: running.id } },
      );
    }
    const record: CommandRecord = {
      id: randomUUID(),
      command_name: name.slice(name.indexOf('.') + 1),
      command_status: 'RUNNING',
      command_error: null,
      command_result: null,
    };
    const answered = Promise.withResolvers<void>();
    const execution: Execution = {
      record,
      async: command.async,
      done: this.#run(name, command, params, record, answered.promise),
      answered: answered.resolve,
    };
    this.#keep(execution);
    return execution;
  }

  /** Asks the running command to stop and waits until it has. */
  async stop(): Promise<void> {
    this.#stop.abort(new FabricError('agent_stopped', 'the agent was stopped while the command ran; run it again'));
    await Promise.all([...this.#executions.values()].map((execution) => execution.done));
  }

  async #run(
    name: string,
    command: Command,
    params: CommandParams,
    record: CommandRecord,
    answered: Promise<void>,
  ): Promise<void> {
    const afterwards: Array<() => Promise<void>> = [];
    const context: CommandContext = {
      progress: (result) => {
        record.command_result = result;
      },
      after: (action) => afterwards.push(action),
      signal: this.#stop.signal,
    };
    this.#log(`command ${name}`);
    try {
      record.command_result = (await command.run(params, context)) ?? null;
      record.command_status = 'SUCCEEDED';
      this.#log(`command ${name} succeeded`);
    } catch (error) {
      record.command_result = null;
      record.command_error = describe(error);
      record.command_status = isFabricError(error, 'command_version') ? 'CLEAN_VERSION_MISMATCH' : 'FAILED';
      this.#log(`command ${name} failed: ${messageOf(error)}`);
    }
    for (const action of afterwards) {
      void answered.then(action).catch((error) => this.#log(`after ${name}: ${messageOf(error)}`));
    }
    if (command.async) this.#onAsyncEnd();
  }

  #keep(execution: Execution): void {
    this.#records.push(execution.record);
    this.#executions.set(execution.record.id, execution);
    const oldest = this.#records.length > KEPT ? this.#records.shift() : null;
    if (oldest) this.#executions.delete(oldest.id);
  }
}

function describe(error: unknown): NonNullable<CommandRecord['command_error']> {
  return {
    type: isFabricError(error) ? error.code : 'CommandExecutionError',
    code: 500,
    message: messageOf(error),
    details: messageOf(error),
  };
}
