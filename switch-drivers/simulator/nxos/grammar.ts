import type { Answer, CliGrammar, Login } from '../cli/grammar.ts';
import { type Line, misfitColumn, skipWords, wrongWord } from '../cli/line.ts';
import { shifted } from '../cli/terminal.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import { show } from './show.ts';

const BLOCKS = { top: '', interface: '-if', vlan: '-vlan', other: '' };
const COMPLAINTS = { invalid: 'Invalid', incomplete: 'Incomplete', ambiguous: 'Ambiguous' };

export const grammar: CliGrammar = {
  login: 'privileged',
  lineLength: 4096,
  prompt(host, place) {
    if (place === 'user' || place === 'privileged') return `${host}# `;
    return `${host}(config${BLOCKS[place.kind]})# `;
  },
  ignored: /^\s*!/,
  // `show` and `copy` work within the configuration as they are.
  otherMode: null,
  complaint,
  locked: (user) => `ERROR: Configuration is locked by user ${user}\n`,
  badSecret: '',
  exec,
  configure,
};

function complaint(line: Line, misfit: Misfit, prompt: string): string {
  const column =
    misfit.kind === 'invalid' ? misfitColumn(line, misfit, prompt) : prompt.length + line.text.trimEnd().length;
  return `${' '.repeat(column)}^\n% ${COMPLAINTS[misfit.kind]} command at '^' marker.\n`;
}

function exec(login: Login, line: Line): CommandTable<Answer> {
  const hangUp = (): Answer => ({ output: '', close: true });
  return [
    ['show <what...>', () => answerShow(login, line)],
    ['exit', hangUp],
    ['terminal length <lines>', ([lines]) => setLength(login, lines!)],
    ['terminal width <columns>', ([columns]) => (within(columns!, 24, 511) ? { output: '' } : wrongWord(2))],
    ['configure terminal', () => login.configure('Enter configuration commands, one per line. End with CNTL/Z.\n')],
    ['copy running-config startup-config', () => login.save(saved)],
  ];
}

function answerShow({ device }: Login, line: Line): Answer {
  const answer = show(device, skipWords(line, 1));
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}

function setLength(login: Login, text: string): Answer {
  return within(text, 0, 511) ? login.setPageLength(Number(text)) : wrongWord(2);
}

function within(text: string, least: number, most: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function saved(failure: string | null): string {
  const done = 'Copy complete, now saving to disk (please wait)...\nCopy complete.';
  return failure === null ? `[########################################] 100%\n${done}\n` : `${failure}\n`;
}
