import type { Answer, CliGrammar, Login, Place } from '../cli/grammar.ts';
import { type Line, misfitColumn, skipWords } from '../cli/line.ts';
import { piped } from '../cli/pipe.ts';
import { shifted } from '../cli/terminal.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import type { Vendor } from './vendor.ts';

export interface FamilyCommands {
  /** What follows `display`. */
  display(login: Login): CommandTable<string | Misfit>;
  /** Commands besides those of the whole family. */
  more(login: Login, place: Place): CommandTable<Answer>;
}

export function familyGrammar(vendor: Vendor, commands: FamilyCommands): CliGrammar {
  return {
    login: 'privileged',
    lineLength: 510,
    prompt: (host, place) => promptOf(host, place, ''),
    ignored: /^\s*#/,
    otherMode: null,
    complaint: (line, misfit, prompt) => complaint(vendor, line, misfit, prompt),
    locked: vendor.says.locked,
    badSecret: '',
    exec: (login, line, _privileged, place) => exec(vendor, commands, login, line, place),
    configure: (scene, context, line) => configure(vendor, scene, context, line),
  };
}

/** `sign`: what stands before the host's name within the system view. */
export function promptOf(host: string, place: Place, sign: string): string {
  if (typeof place === 'string') return `<${host}>`;
  if (place.kind === 'interface') return `[${sign}${host}-${place.name}]`;
  return place.kind === 'vlan' ? `[${sign}${host}-vlan${place.ids[0]}]` : `[${sign}${host}]`;
}

const REASONS = { incomplete: 'Incomplete command', ambiguous: 'Ambiguous command' };

function complaint({ says }: Vendor, line: Line, misfit: Misfit, prompt: string): string {
  const invalid = misfit.kind === 'invalid' ? misfit : { kind: 'invalid' as const, word: line.words.length, char: 0 };
  const wrong = invalid.word === 0 ? 'Unrecognized command' : 'Wrong parameter';
  const reason = misfit.kind === 'invalid' ? wrong : REASONS[misfit.kind];
  return `${' '.repeat(misfitColumn(line, invalid, prompt))}^\n${says.mark}${reason} found at '^' position.\n`;
}

function exec(vendor: Vendor, commands: FamilyCommands, login: Login, line: Line, place: Place): CommandTable<Answer> {
  const userView: CommandTable<Answer> = [
    ['system-view', () => login.configure(vendor.says.enter)],
    ['quit', () => ({ output: '', close: true })],
    [vendor.pagingOff, () => login.setPageLength(0)],
  ];
  return [
    ['display <what...>', () => answerDisplay(commands, login, line)],
    ...(place === 'privileged' ? userView : []),
    ...commands.more(login, place),
  ];
}

function answerDisplay({ display }: FamilyCommands, login: Login, line: Line): Answer {
  const answer = piped(skipWords(line, 1), ({ words }) => {
    const found = lookUp(display(login), words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  });
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}
