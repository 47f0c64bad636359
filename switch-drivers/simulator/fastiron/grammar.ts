import type { Answer, CliGrammar, Login, Place } from '../cli/grammar.ts';
import { type Line, restOf, skipWords } from '../cli/line.ts';
import { shifted } from '../cli/terminal.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import { shortName } from './interface-names.ts';
import { show } from './show.ts';

export const grammar: CliGrammar = {
  login: 'user',
  lineLength: 256,
  prompt: (host, place) => `SSH@${host}${suffix(place)}`,
  ignored: /^\s*!/,
  otherMode: 'do',
  complaint,
  locked: (user) => `Config mode is currently in use by user ${user}.\n`,
  badSecret: 'Error - Incorrect username or password.\n',
  exec,
  configure,
};

function suffix(place: Place): string {
  if (place === 'user') return '>';
  if (place === 'privileged') return '#';
  if (place.kind === 'interface') return `(config-if-e1000-${shortName(place.name)})#`;
  return place.kind === 'vlan' ? `(config-vlan-${place.ids[0]})#` : '(config)#';
}

function complaint(line: Line, misfit: Misfit): string {
  if (misfit.kind === 'incomplete') return 'Incomplete command.\n';
  if (misfit.kind === 'ambiguous') return `Ambiguous input -> ${line.text.trim()}\nType ? for a list\n`;
  return `Invalid input -> ${restOf(line, misfit.word) || line.text.trim()}\nType ? for a list\n`;
}

function exec(login: Login, line: Line, privileged: boolean): CommandTable<Answer> {
  const hangUp = (): Answer => ({ output: '', close: true });
  const common: CommandTable<Answer> = [
    ['show <what...>', () => answerShow(login, line, privileged)],
    ['exit', hangUp],
    ['enable', () => login.enable()],
  ];
  if (!privileged) return common;
  return [
    ...common,
    ['skip-page-display', () => login.setPageLength(0)],
    ['page-display', () => login.setPageLength(24)],
    ['configure terminal', () => login.configure()],
    ['write memory', () => login.save(saved)],
  ];
}

function answerShow({ device }: Login, line: Line, privileged: boolean): Answer {
  const answer = show(device, skipWords(line, 1), privileged);
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}

function saved(failure: string | null): string {
  return failure === null
    ? 'Flash Memory Write (8192 bytes per dot)\n.\nWrite startup-config done.\n'
    : `Error - flash write failed: ${failure}\n`;
}
