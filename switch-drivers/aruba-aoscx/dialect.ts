import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

/** An administrator is privileged from login on; the prompt `>` is that of users who may only look. */
export const dialect: CliDialect = {
  modes: [
    // `config-if`, `config-lag-if`, `config-vlan-10`.
    { name: 'config-block', prompt: /^(?<host>[^\s()#>]+)\(config-[^()\s]+\)#$/, leave: 'exit' },
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config\)#$/,
      enter: { from: 'privileged', line: 'configure terminal' },
      leave: 'end',
    },
    { name: 'privileged', prompt: /^(?<host>[^\s()#>]+)#$/ },
    { name: 'user', prompt: /^(?<host>[^\s()#>]+)>$/ },
  ],
  home: 'privileged',
  setup: ['no page'],
  pager: { prompt: /^-- MORE --, next page: Space, next line: Enter, quit: q$/, key: ' ' },
  failures: [
    /^Invalid input: /,
    /^% ?\S/,
    /^VLANs? [\d,-]+ (?:should be created|not found|does not exist|do not exist)/i,
    /^Operation not (?:allowed|supported)/i,
    /^(?:Error: |Failed to |Cannot |Can't |Unable to )/i,
    /^(?:The )?configuration is locked/i,
  ],
};
