import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

export const dialect: CliDialect = {
  modes: [
    // `config-if-xgei-1/1/0/1`, `config-swvlan`, `config-swvlan-if-xgei-1/1/0/1`, `config-swvlan-sub-10`.
    { name: 'config-block', prompt: /^(?<host>[^\s()#>]+)\(config-[^()\s]+\)#$/, leave: 'exit' },
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config\)#$/,
      enter: { from: 'privileged', line: 'configure terminal' },
      leave: 'end',
    },
    {
      name: 'privileged',
      prompt: /^(?<host>[^\s()#>]+)#$/,
      enter: { from: 'user', line: 'enable', password: /^Password: ?$/ },
    },
    { name: 'user', prompt: /^(?<host>[^\s()#>]+)>$/ },
  ],
  home: 'privileged',
  setup: ['terminal length 0'],
  pager: { prompt: /^\s*-+ ?More ?-+\s*$/i, key: ' ' },
  // `%Info 20272: Enter configuration commands ...` is no refusal.
  failures: [/^% ?(?!Info|Warning)\S/i, /^(?:The )?configuration (?:mode )?is (?:currently )?locked/i],
};
