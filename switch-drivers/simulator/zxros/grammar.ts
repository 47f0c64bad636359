import type { Answer, CliGrammar, Login, Place } from '../cli/grammar.ts';
import { type Line, misfitColumn, skipWords, wrongWord } from '../cli/line.ts';
import { shifted } from '../cli/terminal.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import { show } from './show.ts';

const ENTERED = '%Info 20272: Enter configuration commands, one per line. End with CTRL/Z.\n';

export const grammar: CliGrammar = {
  login: 'user',
  lineLength: 255,
  prompt: (host, place) => `${host}${suffix(place)}`,
  ignored: /^\s*!/,
  otherMode: 'do',
  complaint,
  locked: (user) => `%Error 20350: Configuration is locked by user ${user}.\n`,
  badSecret: '%Error 20209: No username or bad password\n',
  exec,
  configure,
};

function suffix(place: Place): string {
  if (place === 'user') return '>';
  if (place === 'privileged') return '#';
  if (place.kind === 'interface') return `(config-if-${place.name})#`;
  if (place.kind === 'vlan') return `(config-swvlan-sub-${place.ids[0]})#`;
  return place.kind === 'other' ? `(config-${place.name})#` : '(config)#';
}

function complaint(line: Line, misfit: Misfit, prompt: string): string {
  if (misfit.kind === 'incomplete') return '%Error 20203: Incomplete command\n';
  if (misfit.kind === 'ambiguous') return '%Error 20201: Ambiguous command\n';
  return `${' '.repeat(misfitColumn(line, misfit, prompt))}^\n%Error 20200: Invalid input detected at '^' marker.\n`;
}

function exec(login: Login, line: Line, privileged: boolean): CommandTable<Answer> {
  const hangUp = (): Answer => ({ output: '', close: true });
  const setLength = (text: string): Answer =>
    /^\d{1,3}$/.test(text) ? login.setPageLength(Number(text)) : wrongWord(2);
  const common: CommandTable<Answer> = [
    ['show <what...>', () => answerShow(login, line, privileged)],
    ['exit', hangUp],
    ['enable', () => login.enable()],
  ];
  if (!privileged) return common;
  return [
    ...common,
    ['disable', () => login.disable()],
    ['terminal length <lines>', ([lines]) => setLength(lines!)],
    ['configure terminal', () => login.configure(ENTERED)],
    ['write', () => login.save(saved)],
  ];
}

function answerShow({ device }: Login, line: Line, privileged: boolean): Answer {
  const answer = show(device, skipWords(line, 1), privileged);
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}

function saved(failure: string | null): string {
  return failure === null ? 'Building configuration...\n.....[OK]\n' : `%Error 20890: Saving failed: ${failure}\n`;
}
