import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

/** Cisco Nexus 9000 Series NX-OS Fundamentals Configuration Guide: "Understanding the Command-Line Interface". */
export const dialect: CliDialect = {
  modes: [
    // Inside `interface ...` or `vlan ...`.
    { name: 'config-block', prompt: /^(?<host>[^\s()#>]+)\(config-[^()\s]+\)#$/, leave: 'exit' },
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config\)#$/,
      enter: { from: 'exec', line: 'configure terminal' },
      leave: 'end',
    },
    { name: 'exec', prompt: /^(?<host>[^\s()#>]+)#$/ },
  ],
  home: 'exec',
  setup: ['terminal length 0', 'terminal width 511'],
  pager: { prompt: /^\s*-+ ?More ?-+\s*$/i, key: ' ' },
  failures: [
    /^% ?(?!Warning)/,
    // `% Invalid command`, but also `Invalid range` and `Invalid value/range specified`.
    / at '\^' marker\.?$/,
    /^(?:ERROR|Error): /,
    /^(?:Command rejected|Command failed|Syntax error|Permission denied|Cannot )/i,
    /\bconfig(?:uration)? (?:mode )?is (?:currently )?(?:being )?locked\b/i,
  ],
};
