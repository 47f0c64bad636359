import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { TargetOptions } from '../../contract/target.ts';
import { type CommandLine, type RunOptions, refusalLines } from './command-line.ts';
import { connectSsh } from './connect.ts';
import type { CliDialect, CliMode } from './dialect.ts';
import { assertOneLine } from './guard.ts';
import type { SshOptions } from './options.ts';
import { commandOutput, lastLine } from './output.ts';
import { Shell } from './shell.ts';

const COMMAND_TIMEOUT_MS = 30_000;

/**
 * One logged-in command line, kept open. Prompt-driven: an answer is complete when the device prompts again, never when it
 * falls silent. Not for concurrent use.
 */
export class CliSession implements CommandLine {
  #name: string;
  #dialect: CliDialect;
  #shell: Shell;
  #timeoutMs: number;
  #host: string | null = null;
  #mode!: CliMode;

  private constructor(name: string, dialect: CliDialect, shell: Shell, timeoutMs: number) {
    this.#name = name;
    this.#dialect = dialect;
    this.#shell = shell;
    this.#timeoutMs = timeoutMs;
  }

  /** Connects, logs in, goes to the home mode and sends the set-up lines. */
  static async open(name: string, dialect: CliDialect, ssh: SshOptions, target: TargetOptions): Promise<CliSession> {
    const client = await connectSsh(name, ssh, target);
    const shell = await Shell.open(name, client);
    const session = new CliSession(name, dialect, shell, target.commandTimeoutMs ?? COMMAND_TIMEOUT_MS);
    try {
      await session.#login();
      await session.toMode(dialect.home, ssh.enableSecret);
      for (const text of dialect.setup) await session.run(text);
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  }

  /** Name of the mode the device is in. */
  get mode(): string {
    return this.#mode.name;
  }

  /**
   * Sends one line and resolves with what it printed. A line of output that matches one of the dialect's failure patterns
   * is `switch_rejected`, with the line and the device's own words in the context.
   */
  async run(text: string, options: RunOptions = {}): Promise<string> {
    assertOneLine(text);
    const output = await this.#exchange(text, options.timeoutMs ?? this.#timeoutMs);
    const said = refusalLines(output, options);
    const failures = said.filter((row) => this.#dialect.failures.some((pattern) => pattern.test(row)));
    if (failures.length > 0) {
      const device = failures.join('\n').slice(0, 1000).trim();
      throw new FabricError('switch_rejected', `switch ${this.#name} refused "${text.slice(0, 200)}": ${device}`, {
        context: { switch: this.#name, line: text, device },
      });
    }
    return output;
  }

  /** Walks the mode table from where the device is to `name`. */
  async toMode(name: string, secret?: string): Promise<void> {
    const wanted = this.#modeNamed(name);
    // Outwards until the wanted mode is the current one or below it ...
    while (this.#mode.name !== name && !this.#ancestors(wanted).includes(this.#mode.name)) {
      const { leave } = this.#mode;
      if (leave === undefined) throw this.#lostWay(name);
      await this.run(leave);
    }
    // ... then inwards.
    for (const step of this.#ancestors(wanted).reverse().concat(name)) {
      const { enter } = this.#modeNamed(step);
      if (this.#mode.name !== enter?.from) continue;
      await this.#enter(step, enter, secret);
    }
    if (this.#mode.name !== name) throw this.#lostWay(name);
  }

  async close(): Promise<void> {
    this.#shell.end(
      new FabricError('switch_session_closed', `session to switch ${this.#name} was closed; open a new one`, {
        context: { switch: this.#name },
      }),
    );
  }

  async #login(): Promise<void> {
    await this.#shell.until('the first prompt after login', this.#timeoutMs, (last) => this.#recognise(last) !== null);
    this.#arrive();
    this.#shell.take();
  }

  async #exchange(text: string, timeoutMs: number): Promise<string> {
    this.#shell.send(`${text}\n`);
    await this.#untilPrompt(`after "${text.slice(0, 200)}"`, timeoutMs);
    return commandOutput(this.#shell.take(), text);
  }

  /** Waits for the prompt; turns pages and answers the dialect's questions on the way. */
  async #untilPrompt(what: string, timeoutMs: number): Promise<void> {
    const { pager, questions = [] } = this.#dialect;
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      // A prompt counts only after the line end that follows the echo: until then the old prompt's line is being written.
      const text = await this.#shell.until(
        what,
        Math.max(1, deadline - performance.now()),
        (last, sawNewline) =>
          sawNewline &&
          (this.#recognise(last) !== null ||
            pager?.prompt.test(last) === true ||
            questions.some(({ prompt }) => prompt.test(last))),
      );
      const last = lastLine(text);
      if (this.#recognise(last) !== null) {
        this.#arrive();
        return;
      }
      const question = questions.find(({ prompt }) => prompt.test(last));
      this.#shell.keep(question ? `${text}\n` : text.slice(0, text.lastIndexOf('\n') + 1));
      this.#shell.reply(question ? `${question.answer}\n` : (pager?.key ?? ' '));
    }
  }

  async #enter(step: string, enter: NonNullable<CliMode['enter']>, secret: string | undefined): Promise<void> {
    if (enter.password === undefined) {
      await this.run(enter.line);
      return;
    }
    const asks = enter.password;
    this.#shell.send(`${enter.line}\n`);
    const text = await this.#shell.until(
      `after "${enter.line}"`,
      this.#timeoutMs,
      (last, sawNewline) => sawNewline && (asks.test(last) || this.#recognise(last) !== null),
    );
    if (asks.test(lastLine(text))) {
      this.#shell.keep('');
      this.#shell.reply(`${secret ?? ''}\n`);
      await this.#shell.until(
        'after the enable secret',
        this.#timeoutMs,
        (last) => this.#recognise(last) !== null || asks.test(last),
      );
    }
    if (this.#recognise(lastLine(this.#shell.take()))?.name !== step) {
      throw new FabricError(
        'switch_auth_failed',
        `switch ${this.#name} did not grant the ${step} mode; check enableSecret and the rights of the user`,
        { context: { switch: this.#name } },
      );
    }
    this.#mode = this.#modeNamed(step);
  }

  /** The mode whose prompt `last` is, if it is this device's prompt at all. */
  #recognise(last: string): CliMode | null {
    for (const mode of this.#dialect.modes) {
      const host = mode.prompt.exec(last)?.groups?.host;
      // Some devices cut long host names short in configuration prompts.
      if (
        host !== undefined &&
        (this.#host === null || (this.#host.startsWith(host) && host.length >= Math.min(this.#host.length, 10)))
      ) {
        return mode;
      }
    }
    return null;
  }

  /** Notes mode (and at first the host part) of the prompt that was just seen. */
  #arrive(): void {
    const last = lastLine(this.#shell.text);
    const mode = this.#recognise(last);
    if (mode === null) throw this.#lostWay('prompt');
    this.#host ??= mode.prompt.exec(last)?.groups?.host ?? null;
    this.#mode = mode;
  }

  #modeNamed(name: string): CliMode {
    const mode = this.#dialect.modes.find((candidate) => candidate.name === name);
    if (!mode) throw new TypeError(`the dialect has no mode ${name}`);
    return mode;
  }

  /** Modes from which `mode` is entered, nearest first. */
  #ancestors(mode: CliMode): string[] {
    const names: string[] = [];
    for (let from = mode.enter?.from; from !== undefined; from = this.#modeNamed(from).enter?.from) names.push(from);
    return names;
  }

  #lostWay(name: string): FabricError {
    return new FabricError(
      'switch_mode_unreachable',
      `switch ${this.#name} is in mode ${this.#mode?.name ?? 'unknown'} and cannot be led to ${name}; check that the user may enter it`,
      { context: { switch: this.#name } },
    );
  }
}
