import { type CommandTable, lookUp, type Misfit, matches } from '../cli/words.ts';
import { SaveFailed, type SimulatedDevice } from '../device.ts';
import type { Terminal } from '../personality.ts';
import { configure } from './configure.ts';
import { complaint, type Line, readLine, skipWords, wrongWord } from './line.ts';
import type { Context, Outcome } from './scene.ts';
import { show } from './show.ts';

/** IOS's line buffer. */
const LINE_LENGTH = 254;

/** In configuration modes IOS shows at most so many characters of the host name. */
const HOST_LENGTH = 20;

const SECRET_TRIES = 3;

type Mode =
  | { kind: 'user' }
  | { kind: 'secret'; tries: number }
  | { kind: 'privileged' }
  /** `copy running-config startup-config` asks for a file name. */
  | { kind: 'destination' }
  | { kind: 'config'; context: Context };

interface Reply {
  output: string;
  close?: boolean;
}

type Answer = Reply | Promise<Reply> | Misfit;

/** One login on a simulated IOS. */
export class IosTerminal implements Terminal {
  #device: SimulatedDevice;
  #mode: Mode = { kind: 'user' };
  #pageLength: number;

  constructor(device: SimulatedDevice) {
    this.#device = device;
    this.#pageLength = device.knobs.pageLength;
  }

  prompt(): string {
    const host = this.#device.model.running.hostname;
    const mode = this.#mode;
    if (mode.kind === 'secret') return 'Password: ';
    if (mode.kind === 'destination') return 'Destination filename [startup-config]? ';
    if (mode.kind === 'user') return `${host}>`;
    if (mode.kind === 'privileged') return `${host}#`;
    const block = { top: '', interface: '-if', vlan: '-vlan' }[mode.context.kind];
    return `${host.slice(0, HOST_LENGTH)}(config${block})#`;
  }

  secret(): boolean {
    return this.#mode.kind === 'secret';
  }

  pageLength(): number {
    return this.#pageLength;
  }

  /** What was set in config-vlan mode and not left is lost. */
  disconnect(): void {
    this.#mode = { kind: 'user' };
  }

  async execute(text: string): Promise<Reply> {
    const mode = this.#mode;
    if (mode.kind === 'secret') return this.#checkSecret(mode.tries, text);
    if (mode.kind === 'destination') return this.#saveAs(text.trim());
    const prompt = this.prompt();
    const line = readLine(text);
    if (line.words.length === 0 || line.words[0]!.startsWith('!')) return { output: '' };
    const answer = await this.#run(mode, line);
    return 'kind' in answer ? { output: complaint(line, answer, prompt) } : answer;
  }

  #run(mode: Mode, line: Line): Answer {
    if (line.text.length > LINE_LENGTH) return { kind: 'invalid', word: line.words.length, char: 0 };
    if (mode.kind !== 'config') return this.#exec(line, mode.kind === 'privileged');
    if (matches(line.words.slice(0, 1), 'do') && line.words.length > 1) {
      return shifted(this.#exec(skipWords(line, 1), true), 1);
    }
    return this.#configLine(mode, line);
  }

  #configLine(mode: Extract<Mode, { kind: 'config' }>, line: Line): Answer {
    const { model, knobs } = this.#device;
    let outcome: Outcome = { kind: 'incomplete' };
    model.change(line.text.trim(), (config) => {
      outcome = configure({ config, knobs }, mode.context, line);
    });
    return this.#follow(mode, outcome);
  }

  #follow(mode: Extract<Mode, { kind: 'config' }>, outcome: Outcome): Answer {
    if (outcome.kind !== 'done') return outcome;
    if (outcome.context === 'left') this.#mode = { kind: 'privileged' };
    else if (outcome.context) mode.context = outcome.context;
    return { output: outcome.output };
  }

  #exec(line: Line, privileged: boolean): Answer {
    const hangUp = (): Answer => ({ output: '', close: true });
    const common: CommandTable<Answer> = [
      ['show <what...>', () => this.#show(line, privileged)],
      ['exit', hangUp],
      ['logout', hangUp],
      ['enable', () => this.#enable(privileged)],
      ['terminal length <lines>', ([lines]) => this.#setLength(lines!)],
      ['terminal width <columns>', ([columns]) => (/^\d{1,3}$/.test(columns!) ? { output: '' } : wrongWord(2))],
    ];
    const powers: CommandTable<Answer> = [
      ['disable', () => this.#become({ kind: 'user' })],
      ['configure terminal', () => this.#configure()],
      ['write', () => this.#save()],
      ['write memory', () => this.#save()],
      ['copy running-config startup-config', () => this.#become({ kind: 'destination' })],
    ];
    const found = lookUp(privileged ? [...common, ...powers] : common, line.words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  }

  #show(line: Line, privileged: boolean): Answer {
    const answer = show(this.#device, skipWords(line, 1), privileged);
    return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
  }

  #configure(): Answer {
    const { lockHeld } = this.#device.faults;
    if (lockHeld !== null) {
      return {
        output: `Configuration mode is locked by process '484' user '${lockHeld}' from terminal '64'. Please try later.\n`,
      };
    }
    this.#mode = { kind: 'config', context: { kind: 'top' } };
    return { output: 'Enter configuration commands, one per line.  End with CNTL/Z.\n' };
  }

  #enable(privileged: boolean): Reply {
    const granted = privileged || this.#device.knobs.enableSecret === null;
    return this.#become(granted ? { kind: 'privileged' } : { kind: 'secret', tries: 1 });
  }

  #checkSecret(tries: number, text: string): Reply {
    if (text === this.#device.knobs.enableSecret) return this.#become({ kind: 'privileged' });
    if (tries < SECRET_TRIES) return this.#become({ kind: 'secret', tries: tries + 1 });
    this.#become({ kind: 'user' });
    return { output: '% Bad secrets\n\n' };
  }

  #become(mode: Mode): Reply {
    this.#mode = mode;
    return { output: '' };
  }

  #setLength(text: string): Answer {
    if (!/^\d{1,3}$/.test(text) || Number(text) > 512) return wrongWord(2);
    this.#pageLength = Number(text);
    return { output: '' };
  }

  async #saveAs(name: string): Promise<Reply> {
    this.#become({ kind: 'privileged' });
    if (name === '' || name === 'startup-config') return this.#save();
    return { output: `%Error opening nvram:${name} (No such file or directory)\n` };
  }

  async #save(): Promise<Reply> {
    const begun = 'Building configuration...\n';
    try {
      await this.#device.save();
      return { output: `${begun}[OK]\n` };
    } catch (error) {
      if (error instanceof SaveFailed) return { output: `${begun}${error.message}\n` };
      throw error;
    }
  }
}

/** The same answer to a line with words before it. */
function shifted(answer: Answer, words: number): Answer {
  return 'kind' in answer && answer.kind === 'invalid' ? { ...answer, word: answer.word + words } : answer;
}
