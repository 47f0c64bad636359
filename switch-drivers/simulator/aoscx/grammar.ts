import type { Answer, CliGrammar, Login, Place } from '../cli/grammar.ts';
import { type Line, skipWords, wrongWord } from '../cli/line.ts';
import { shifted } from '../cli/terminal.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import { isLag } from './interface-names.ts';
import { show } from './show.ts';

export const grammar: CliGrammar = {
  login: 'privileged',
  lineLength: 1024,
  prompt: (host, place) => `${host}${suffix(place)}`,
  ignored: /^\s*!/,
  otherMode: 'do',
  complaint,
  locked: (user) => `Configuration is locked by user ${user}.\n`,
  badSecret: '',
  exec,
  configure,
};

function suffix(place: Place): string {
  if (place === 'user') return '>';
  if (place === 'privileged') return '#';
  if (place.kind === 'interface') return isLag(place.name) ? '(config-lag-if)#' : '(config-if)#';
  if (place.kind !== 'vlan') return '(config)#';
  return place.ids.length === 1 ? `(config-vlan-${place.ids[0]})#` : `(config-vlan-<${vlanText(place.ids)}>)#`;
}

function complaint(line: Line, misfit: Misfit): string {
  if (misfit.kind === 'incomplete') return '% Command incomplete.\n';
  if (misfit.kind === 'ambiguous') return '% Ambiguous command.\n';
  return `Invalid input: ${line.words[misfit.word] ?? line.text.trim()}\n`;
}

function exec(login: Login, line: Line): CommandTable<Answer> {
  const hangUp = (): Answer => ({ output: '', close: true });
  return [
    ['show <what...>', () => answerShow(login, line)],
    ['exit', hangUp],
    ['configure', () => login.configure()],
    ['configure terminal', () => login.configure()],
    ['no page', () => login.setPageLength(0)],
    ['page', () => login.setPageLength(24)],
    ['page <lines>', ([lines]) => (/^\d{1,3}$/.test(lines!) ? login.setPageLength(Number(lines)) : wrongWord(1))],
    ['write memory', () => login.save(saved)],
    ['copy running-config startup-config', () => login.save(saved)],
  ];
}

function answerShow({ device }: Login, line: Line): Answer {
  const answer = show(device, skipWords(line, 1));
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}

function saved(failure: string | null): string {
  return failure === null ? 'Copying configuration: [Success]\n' : `Copying configuration: [Failed]\n${failure}\n`;
}
