import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

/** Dell SmartFabric OS10 User Guide: "CLI command hierarchy". Who logs in is in EXEC mode; there is no enable secret. */
export const dialect: CliDialect = {
  modes: [
    // `OS10(conf-if-eth1/1/1)#`, `OS10(conf-if-vl-10)#`, `OS10(config-router-ospf-1)#`.
    { name: 'config-block', prompt: /^(?<host>[^\s()#>]+)\(conf(?:ig)?-[^()\s]+\)#$/, leave: 'exit' },
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config\)#$/,
      enter: { from: 'exec', line: 'configure terminal' },
      leave: 'end',
    },
    { name: 'exec', prompt: /^(?<host>[^\s()#>]+)#$/ },
  ],
  home: 'exec',
  setup: ['terminal length 0'],
  pager: { prompt: /^\s*-+ ?more ?-+\s*$/i, key: ' ' },
  failures: [/^% ?(?!Warning)/i, /^(?:Error|ERROR): /],
};
