import type { Answer, CliGrammar, Login } from '../cli/grammar.ts';
import { type Line, misfitColumn, skipWords, wrongWord } from '../cli/line.ts';
import { shifted } from '../cli/terminal.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import { configure } from './configure.ts';
import { show } from './show.ts';

/** In configuration modes IOS shows at most so many characters of the host name. */
const HOST_LENGTH = 20;

const BLOCKS = { top: '', interface: '-if', vlan: '-vlan', other: '' };

export const grammar: CliGrammar = {
  login: 'user',
  lineLength: 254,
  prompt(host, place) {
    if (place === 'user') return `${host}>`;
    if (place === 'privileged') return `${host}#`;
    return `${host.slice(0, HOST_LENGTH)}(config${BLOCKS[place.kind]})#`;
  },
  ignored: /^\s*!/,
  otherMode: 'do',
  complaint,
  locked: (user) =>
    `Configuration mode is locked by process '484' user '${user}' from terminal '64'. Please try later.\n`,
  badSecret: '% Bad secrets\n\n',
  exec,
  configure,
};

/** IOS's words for a line it cannot take. */
function complaint(line: Line, misfit: Misfit, prompt: string): string {
  if (misfit.kind === 'incomplete') return '% Incomplete command.\n\n';
  if (misfit.kind === 'ambiguous') return `% Ambiguous command:  "${line.text.trim()}"\n`;
  return `${' '.repeat(misfitColumn(line, misfit, prompt))}^\n% Invalid input detected at '^' marker.\n\n`;
}

function exec(login: Login, line: Line, privileged: boolean): CommandTable<Answer> {
  const hangUp = (): Answer => ({ output: '', close: true });
  const common: CommandTable<Answer> = [
    ['show <what...>', () => answerShow(login, line, privileged)],
    ['exit', hangUp],
    ['logout', hangUp],
    ['enable', () => login.enable()],
    ['terminal length <lines>', ([lines]) => setLength(login, lines!)],
    ['terminal width <columns>', ([columns]) => (/^\d{1,3}$/.test(columns!) ? { output: '' } : wrongWord(2))],
  ];
  if (!privileged) return common;
  return [
    ...common,
    ['disable', () => login.disable()],
    ['configure terminal', () => login.configure('Enter configuration commands, one per line.  End with CNTL/Z.\n')],
    ['write', () => login.save(saved)],
    ['write memory', () => login.save(saved)],
    [
      'copy running-config startup-config',
      () => login.ask('Destination filename [startup-config]? ', (name) => saveAs(login, name)),
    ],
  ];
}

function answerShow({ device }: Login, line: Line, privileged: boolean): Answer {
  const answer = show(device, skipWords(line, 1), privileged);
  return typeof answer === 'string' ? { output: answer } : shifted(answer, 1);
}

function setLength(login: Login, text: string): Answer {
  return /^\d{1,3}$/.test(text) && Number(text) <= 512 ? login.setPageLength(Number(text)) : wrongWord(2);
}

function saved(failure: string | null): string {
  return `Building configuration...\n${failure ?? '[OK]'}\n`;
}

function saveAs(login: Login, name: string) {
  if (name === '' || name === 'startup-config') return login.save(saved);
  return { output: `%Error opening nvram:${name} (No such file or directory)\n` };
}
