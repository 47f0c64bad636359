import type { Answer, CliGrammar, Login } from '../cli/grammar.ts';
import { type Line, skipWords, wrongWord } from '../cli/line.ts';
import { shifted } from '../cli/terminal.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import { promptName } from './interface-names.ts';
import { show } from './show.ts';

const COMPLAINTS = {
  invalid: 'Unrecognized command.',
  incomplete: 'Incomplete command.',
  ambiguous: 'Ambiguous command.',
};

export const grammar: CliGrammar = {
  login: 'privileged',
  lineLength: 4096,
  prompt(host, place) {
    if (place === 'user' || place === 'privileged') return `${host}# `;
    return `${host}(${place.kind === 'interface' ? `conf-if-${promptName(place.name)}` : 'config'})# `;
  },
  ignored: /^\s*!/,
  otherMode: 'do',
  // No caret shows where.
  complaint: (_, misfit: Misfit) => `% Error: ${COMPLAINTS[misfit.kind]}\n`,
  locked: (user) => `% Error: Configuration is locked by ${user}.\n`,
  badSecret: '',
  exec,
  configure,
};

function exec(login: Login, line: Line): CommandTable<Answer> {
  const save = (): Answer => login.save((failure) => (failure === null ? '' : `${failure}\n`));
  return [
    ['show <what...>', () => answerShow(login, line)],
    ['exit', () => ({ output: '', close: true })],
    ['terminal length <lines>', ([lines]) => setLength(login, lines!)],
    ['configure terminal', () => login.configure()],
    ['write memory', save],
    ['copy running-configuration startup-configuration', save],
  ];
}

function answerShow({ device }: Login, line: Line): Answer {
  const answer = show(device, skipWords(line, 1));
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}

function setLength(login: Login, text: string): Answer {
  return /^\d{1,3}$/.test(text) && Number(text) <= 512 ? login.setPageLength(Number(text)) : wrongWord(2);
}
