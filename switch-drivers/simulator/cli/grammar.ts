import type { SimulatedDevice } from '../device.ts';
import type { Line } from './line.ts';
import type { Context, Outcome, Scene } from './scene.ts';
import type { CommandTable, Misfit } from './words.ts';

/** What the device says to a line; `close`: it ends the session. */
export interface Reply {
  output: string;
  close?: boolean;
}

export type Answer = Reply | Promise<Reply> | Misfit;

/** Where a login is, as its prompt shows it. */
export type Place = 'user' | 'privileged' | Context;

/** What commands outside of the configuration may do with the login that they were typed in. */
export interface Login {
  device: SimulatedDevice;
  /** Asks for the secret first where the device has one. */
  enable(): Answer;
  disable(): Answer;
  /** Into the configuration mode, unless another user has it locked. */
  configure(output?: string): Answer;
  /** Prints a question; the next line is the answer to it, in the place the login was in. */
  ask(question: string, answered: (text: string) => Reply | Promise<Reply>): Answer;
  /** Out of the configuration mode. */
  leave(): Reply;
  setPageLength(lines: number): Answer;
  /** Saves, and says what `words` makes of it: null = saved, or the reason why not. */
  save(words: (failure: string | null) => string): Promise<Reply>;
}

/** A vendor's command line, as data and pure functions. The login that speaks it is `CliTerminal`. */
export interface CliGrammar {
  /** Where a login begins. */
  login: 'user' | 'privileged';
  /** Characters a line may have. */
  lineLength: number;
  prompt(host: string, place: Place): string;
  /** A line that is no command, e.g. a comment. */
  ignored: RegExp;
  /** Word before a command of the other mode within the configuration (`do show ...`); null: they just work there. */
  otherMode: string | null;
  /** The device's words for a line that it cannot take. */
  complaint(line: Line, misfit: Misfit, prompt: string): string;
  /** To whom tries to enter the configuration mode that this user has locked; null: it may be entered. */
  locked(user: string): string | null;
  /** To whom typed a wrong secret too often. */
  badSecret: string;
  /** Commands outside of the configuration; `place` is where the line was typed all the same. */
  exec(login: Login, line: Line, privileged: boolean, place: Place): CommandTable<Answer>;
  /** Runs one line of the configuration, which may edit `scene.config`. */
  configure(scene: Scene, context: Context, line: Line): Outcome;
}
