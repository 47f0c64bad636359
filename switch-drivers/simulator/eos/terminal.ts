import { type CommandTable, matches } from '../cli/words.ts';
import { SaveFailed, type SimulatedDevice } from '../device.ts';
import type { SimConfig } from '../model/config.ts';
import type { Terminal } from '../personality.ts';
import type { ConfigSessionStore } from './config-sessions.ts';
import { type Context, configure } from './configure.ts';
import { shortName } from './interface-names.ts';
import { show } from './show.ts';
import { dispatch, INVALID } from './words.ts';

type Reply = Promise<{ output: string; close?: boolean }>;

type Mode =
  | { kind: 'user' }
  | { kind: 'secret' }
  | { kind: 'privileged' }
  | { kind: 'config'; context: Context }
  | { kind: 'session'; name: string; candidate: SimConfig; context: Context };

/** One login on a simulated EOS. */
export class EosTerminal implements Terminal {
  #device: SimulatedDevice;
  #sessions: ConfigSessionStore;
  #mode: Mode = { kind: 'user' };
  #pageLength: number;

  constructor(device: SimulatedDevice, sessions: ConfigSessionStore) {
    this.#device = device;
    this.#sessions = sessions;
    this.#pageLength = device.knobs.pageLength;
  }

  prompt(): string {
    const host = this.#device.model.running.hostname;
    const mode = this.#mode;
    if (mode.kind === 'secret') return 'Password: ';
    if (mode.kind === 'user') return `${host}>`;
    if (mode.kind === 'privileged') return `${host}#`;
    // EOS shows at most six characters of a session's name.
    const session = mode.kind === 'session' ? `-s-${mode.name.slice(0, 6)}` : '';
    return `${host}(config${session}${contextText(mode.context)})#`;
  }

  secret(): boolean {
    return this.#mode.kind === 'secret';
  }

  pageLength(): number {
    return this.#pageLength;
  }

  disconnect(): void {
    if (this.#mode.kind === 'session') this.#sessions.leave(this.#mode.name, this);
  }

  async execute(line: string): Reply {
    if (this.#mode.kind === 'secret') return { output: this.#checkSecret(line) };
    const words = line.trim().split(/\s+/).filter(Boolean);
    if (words.length === 0 || words[0]!.startsWith('!')) return { output: '' };
    const mode = this.#mode;
    // A show command and the like work everywhere; the rest depends on the mode.
    if (matches(words, 'show <what...>')) {
      if (mode.kind === 'user' && /^(run|start)/.test(words[1]!)) return { output: INVALID };
      return { output: show(this.#device.model, this.#sessions, words.slice(1)) };
    }
    if (!('context' in mode)) return this.#exec(words, mode.kind === 'privileged');
    return { output: this.#configLine(mode, words, line.trim()) };
  }

  #exec(words: string[], privileged: boolean): Reply {
    const done = (output = '') => Promise.resolve({ output });
    const common: CommandTable<Reply> = [
      ['exit', () => Promise.resolve({ output: '', close: true })],
      ['logout', () => Promise.resolve({ output: '', close: true })],
      ['enable', () => done(this.#enable())],
      ['terminal length <lines>', ([lines]) => done(this.#setLength(lines!))],
      [
        'terminal width <columns>',
        ([columns]) => done(/^\d+$/.test(columns!) ? `Width set to ${columns} columns.` : INVALID),
      ],
    ];
    const powers: CommandTable<Reply> = [
      ['disable', () => done(this.#become({ kind: 'user' }))],
      ['configure', () => done(this.#configure())],
      ['configure terminal', () => done(this.#configure())],
      ['configure session <name>', ([name]) => done(this.#enterSession(name!))],
      ['configure session <name> commit', ([name]) => done(this.#sessions.commit(name!, null))],
      ['configure session <name> abort', ([name]) => done(this.#sessions.abort(name!))],
      ['write', () => this.#save()],
      ['write memory', () => this.#save()],
      ['copy running-config startup-config', () => this.#save()],
      ['reload now', () => done(this.#reboot())],
    ];
    return dispatch(privileged ? [...common, ...powers] : common, words, (text) => done(text));
  }

  #configLine(mode: Extract<Mode, { context: Context }>, words: string[], line: string): string {
    if (matches(words, 'end')) return this.#leave(mode);
    if (mode.context.kind === 'top' && matches(words, 'exit')) return this.#leave(mode);
    if (mode.kind === 'session') {
      const table: CommandTable<string | null> = [
        ['commit', () => this.#commit(mode.name, null)],
        ['commit timer <time>', ([time]) => this.#commit(mode.name, time!)],
        ['abort', () => this.#sessions.abort(mode.name) || this.#become({ kind: 'privileged' })],
      ];
      const outcome = dispatch(table, words, () => null);
      if (outcome !== null) return outcome;
      return this.#apply(mode, mode.candidate, words);
    }
    let output = '';
    this.#device.model.change(line, (running) => {
      output = this.#apply(mode, running, words);
    });
    return output;
  }

  #apply(mode: Extract<Mode, { context: Context }>, config: SimConfig, words: string[]): string {
    const outcome = configure(config, mode.context, words);
    if ('error' in outcome) return outcome.error;
    mode.context = outcome.context;
    return '';
  }

  #commit(name: string, time: string | null): string {
    const parts = time === null ? null : /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(time);
    if (time !== null && !parts) return INVALID;
    const seconds = parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]) : null;
    return this.#sessions.commit(name, seconds) || this.#become({ kind: 'privileged' });
  }

  #configure(): string {
    return this.#locked() ?? this.#become({ kind: 'config', context: { kind: 'top' } });
  }

  #locked(): string | null {
    const { lockHeld } = this.#device.faults;
    return lockHeld === null ? null : `% Configuration is locked by user ${lockHeld}`;
  }

  #enterSession(name: string): string {
    const locked = this.#locked();
    if (locked !== null) return locked;
    const candidate = this.#sessions.enter(name, this);
    if ('error' in candidate) return candidate.error;
    return this.#become({ kind: 'session', name, candidate, context: { kind: 'top' } });
  }

  #leave(mode: Mode): string {
    if (mode.kind === 'session') this.#sessions.leave(mode.name, this);
    return this.#become({ kind: 'privileged' });
  }

  #enable(): string {
    return this.#become({ kind: this.#device.knobs.enableSecret === null ? 'privileged' : 'secret' });
  }

  #checkSecret(text: string): string {
    const granted = text === this.#device.knobs.enableSecret;
    this.#become({ kind: granted ? 'privileged' : 'user' });
    return granted ? '' : '% Authentication failed';
  }

  #become(mode: Mode): string {
    this.#mode = mode;
    return '';
  }

  #setLength(text: string): string {
    if (!/^\d{1,5}$/.test(text)) return INVALID;
    this.#pageLength = Number(text);
    return text === '0' ? 'Pagination disabled.' : '';
  }

  async #save(): Reply {
    try {
      await this.#device.save();
      return { output: 'Copy completed successfully.' };
    } catch (error) {
      if (error instanceof SaveFailed) return { output: error.message };
      throw error;
    }
  }

  #reboot(): string {
    this.#device.reboot();
    return '';
  }
}

function contextText(context: Context): string {
  if (context.kind === 'interface') return `-if-${shortName(context.name)}`;
  if (context.kind === 'vlan')
    return `-vlan-${context.ids[0]}${context.ids.length > 1 ? `-${context.ids.at(-1)}` : ''}`;
  return '';
}
