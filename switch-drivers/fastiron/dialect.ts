import type { CliDialect } from '../transports/ssh-cli/dialect.ts';

/** `SSH@` stands before the host's name; a switch without one calls itself by its model, `ICX7150-48 Switch`. */
const HOST = '(?<host>(?:SSH@)?[^\\s()#>]+(?: (?:Router|Switch))?)';

export const dialect: CliDialect = {
  modes: [
    // `config-vlan-10`, `config-if-e1000-1/1/1`, `config-lag-if-lg1`.
    { name: 'config-block', prompt: new RegExp(`^${HOST}\\(config-[^()\\s]+\\)#$`), leave: 'exit' },
    {
      name: 'config',
      prompt: new RegExp(`^${HOST}\\(config\\)#$`),
      enter: { from: 'privileged', line: 'configure terminal' },
      leave: 'end',
    },
    {
      name: 'privileged',
      prompt: new RegExp(`^${HOST}#$`),
      enter: { from: 'user', line: 'enable', password: /^Password: ?$/ },
    },
    { name: 'user', prompt: new RegExp(`^${HOST}>$`) },
  ],
  home: 'privileged',
  setup: ['skip-page-display'],
  pager: { prompt: /^--More--, next page: Space, next line: Return key, quit: Control-c$/, key: ' ' },
  failures: [
    /^Invalid input -> /,
    /^Error\b/i,
    /^(?:Incomplete|Unrecognized) command/,
    /^Ambiguous input -> /,
    /^(?:Cannot |Can't |Unable to |Failed to )/i,
    /^(?:Not authorized|Permission denied)/i,
    /^Config(?:uration)? mode is (?:currently )?(?:locked|in use)/i,
  ],
};
