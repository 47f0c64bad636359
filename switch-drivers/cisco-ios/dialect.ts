import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

/** Mode inside `interface ...` or `vlan ...`. */
export const BLOCK_MODE = 'config-block';

/** IOS cuts the prompt of a long host name short in configuration modes. */
export const dialect: CliDialect = {
  modes: [
    { name: BLOCK_MODE, prompt: /^(?<host>[^\s()#>]+)\(config-[^()\s]+\)#$/, leave: 'exit' },
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
      leave: 'disable',
    },
    { name: 'user', prompt: /^(?<host>[^\s()#>]+)>$/ },
  ],
  home: 'privileged',
  setup: ['terminal length 0', 'terminal width 0'],
  pager: { prompt: /^\s*-+ ?More ?-+\s*$/i, key: ' ' },
  failures: [
    // A VLAN that is made on the way is what was asked for; the planner makes it first in any case.
    /^% ?(?!Access VLAN does not exist\. Creating|Warning)/,
    /^Command rejected/,
    /^(Bad|Invalid) VLAN (allowed )?list/i,
    /VTP VLAN configuration not allowed/,
    /^(The )?[Cc]onfiguration (mode )?(is )?(currently )?locked/,
    /^Failed to (create|set)/i,
  ],
  questions: [{ prompt: /^Destination filename \[startup-config\]\?$/, answer: '' }],
};
