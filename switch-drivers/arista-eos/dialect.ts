import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

/** Mode of an open configuration session; the prompt shows at most six characters of the session's name. */
export const SESSION_MODE = 'config-session';

export const dialect: CliDialect = {
  modes: [
    {
      name: SESSION_MODE,
      prompt: /^(?<host>[^\s()#>]+)\(config-s-[^()\s]*\)#$/,
      leave: 'abort',
    },
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config[^()\s]*\)#$/,
      enter: { from: 'privileged', line: 'configure terminal' },
      leave: 'end',
    },
    {
      name: 'privileged',
      prompt: /^(?<host>[^\s()#>]+)#$/,
      enter: { from: 'user', line: 'enable', password: /^Password:$/ },
      leave: 'disable',
    },
    { name: 'user', prompt: /^(?<host>[^\s()#>]+)>$/ },
  ],
  home: 'privileged',
  setup: ['terminal length 0', 'terminal width 32767'],
  pager: { prompt: /^\s*--More--\s*$/, key: ' ' },
  failures: [/^% /],
};
