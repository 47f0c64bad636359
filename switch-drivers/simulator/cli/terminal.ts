import { SaveFailed, type SimulatedDevice } from '../device.ts';
import type { Terminal } from '../personality.ts';
import type { ConfigStore } from './candidate.ts';
import type { Answer, CliGrammar, Login, Place, Reply } from './grammar.ts';
import { further, type Line, readLine, skipWords } from './line.ts';
import type { Context, Outcome } from './scene.ts';
import { lookUp, matches } from './words.ts';

const SECRET_TRIES = 3;

type Mode =
  | { kind: 'user' }
  | { kind: 'privileged' }
  | { kind: 'secret'; tries: number }
  | { kind: 'question'; text: string; answered(text: string): Reply | Promise<Reply>; back: Mode }
  | { kind: 'config'; context: Context };

/** One login on a simulated device. */
export class CliTerminal implements Terminal, Login {
  readonly device: SimulatedDevice;
  #grammar: CliGrammar;
  #mode: Mode;
  #pageLength: number;
  #store: ConfigStore;

  /** `store`: where lines of the configuration go; left out, they are in force at once. */
  constructor(device: SimulatedDevice, grammar: CliGrammar, store: ConfigStore = device.model) {
    this.device = device;
    this.#grammar = grammar;
    this.#store = store;
    this.#mode = { kind: grammar.login };
    this.#pageLength = device.knobs.pageLength;
  }

  prompt(): string {
    const mode = this.#mode;
    if (mode.kind === 'secret') return 'Password: ';
    if (mode.kind === 'question') return mode.text;
    const place: Place = mode.kind === 'config' ? mode.context : mode.kind;
    return this.#grammar.prompt(this.device.model.running.hostname, place);
  }

  secret(): boolean {
    return this.#mode.kind === 'secret';
  }

  pageLength(): number {
    return this.#pageLength;
  }

  /** What was begun in a block and takes effect when it is left is lost. */
  disconnect(): void {
    this.#mode = { kind: this.#grammar.login };
  }

  async execute(text: string): Promise<Reply> {
    const mode = this.#mode;
    if (mode.kind === 'secret') return this.#checkSecret(mode.tries, text);
    if (mode.kind === 'question') {
      this.#mode = mode.back;
      return mode.answered(text.trim());
    }
    const prompt = this.prompt();
    const line = readLine(text);
    if (line.words.length === 0 || this.#grammar.ignored.test(line.text)) return { output: '' };
    const answer = await this.#run(mode, line);
    return 'kind' in answer ? { output: this.#grammar.complaint(line, answer, prompt) } : answer;
  }

  enable(): Reply {
    const granted = this.#mode.kind !== 'user' || this.device.knobs.enableSecret === null;
    return this.#become(granted ? { kind: 'privileged' } : { kind: 'secret', tries: 1 });
  }

  disable(): Reply {
    return this.#become({ kind: 'user' });
  }

  configure(output = ''): Reply {
    const { lockHeld } = this.device.faults;
    const refusal = lockHeld === null ? null : this.#grammar.locked(lockHeld);
    if (refusal !== null) return { output: refusal };
    this.#mode = { kind: 'config', context: { kind: 'top' } };
    return { output };
  }

  ask(text: string, answered: (text: string) => Reply | Promise<Reply>): Reply {
    return this.#become({ kind: 'question', text, answered, back: this.#mode });
  }

  leave(): Reply {
    return this.#become({ kind: 'privileged' });
  }

  setPageLength(lines: number): Reply {
    this.#pageLength = lines;
    return { output: '' };
  }

  async save(words: (failure: string | null) => string): Promise<Reply> {
    try {
      await this.device.save();
      return { output: words(null) };
    } catch (error) {
      if (error instanceof SaveFailed) return { output: words(error.message) };
      throw error;
    }
  }

  #run(mode: Extract<Mode, { kind: 'user' | 'privileged' | 'config' }>, line: Line): Answer {
    const { lineLength, otherMode } = this.#grammar;
    if (line.text.length > lineLength) return { kind: 'invalid', word: line.words.length, char: 0 };
    if (mode.kind !== 'config') return this.#exec(line, mode.kind === 'privileged', mode.kind);
    if (otherMode === null) {
      // What both know (`exit`) means the configuration's.
      const own = this.#configLine(mode, line);
      if (!('kind' in own) || own.kind !== 'invalid') return own;
      const exec = this.#find(line, true, mode.context);
      return exec.kind === 'match' ? exec.run() : further(own, exec);
    }
    if (matches(line.words.slice(0, 1), otherMode) && line.words.length > 1) {
      return shifted(this.#exec(skipWords(line, 1), true, mode.context), 1);
    }
    return this.#configLine(mode, line);
  }

  #configLine(mode: Extract<Mode, { kind: 'config' }>, line: Line): Answer {
    const { knobs } = this.device;
    const { context } = mode;
    let outcome: Outcome = { kind: 'incomplete' };
    this.#store.change(line.text.trim(), (config) => {
      outcome = this.#grammar.configure({ config, knobs }, context, line);
    });
    return this.#follow(mode, outcome);
  }

  #follow(mode: Extract<Mode, { kind: 'config' }>, outcome: Outcome): Answer {
    if (outcome.kind !== 'done') return outcome;
    if (outcome.context === 'left') this.#mode = { kind: 'privileged' };
    else if (outcome.context) mode.context = outcome.context;
    return { output: outcome.output };
  }

  #exec(line: Line, privileged: boolean, place: Place): Answer {
    const found = this.#find(line, privileged, place);
    return found.kind === 'match' ? found.run() : found;
  }

  #find(line: Line, privileged: boolean, place: Place) {
    return lookUp(this.#grammar.exec(this, line, privileged, place), line.words, 'strict');
  }

  #checkSecret(tries: number, text: string): Reply {
    if (text === this.device.knobs.enableSecret) return this.#become({ kind: 'privileged' });
    if (tries < SECRET_TRIES) return this.#become({ kind: 'secret', tries: tries + 1 });
    this.#become({ kind: 'user' });
    return { output: this.#grammar.badSecret };
  }

  #become(mode: Mode): Reply {
    this.#mode = mode;
    return { output: '' };
  }
}

/** The same answer to a line with words before it. */
export function shifted(answer: Answer, words: number): Answer {
  return 'kind' in answer && answer.kind === 'invalid' ? { ...answer, word: answer.word + words } : answer;
}
