import { Command, Option } from 'commander';
import { addServe } from './commands/serve.ts';
import { registerDemo } from './demo/command.ts';
import { EXIT_CODES_HELP } from './exit-code.ts';
import { version } from './version.ts';

const SERVERS = 'Servers and networks:';
export const GROUPS = { controller: 'Controller:', fabric: 'Switches:', servers: SERVERS, tools: 'Tools:' } as const;

const ENVIRONMENT_HELP = `
Environment:
  SWITCHYARD_URL        as --url
  SWITCHYARD_USER       as --user
  SWITCHYARD_PASSWORD   the password that goes with it
  SWITCHYARD_CONFIG     as --config of \`serve\`; every setting has a variable, such as SWITCHYARD_API_PORT
  NO_COLOR              no colours`;

/** The whole command tree. Options of the root may stand anywhere on the command line. */
export function buildProgram(): Command {
  const program = new Command('switchyard')
    .description('Controls the network edge of a bare-metal cloud: switch ports follow what servers are used for.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'help for a command')
    .addOption(
      new Option('--url <url>', 'controller to talk to').env('SWITCHYARD_URL').default('http://127.0.0.1:6385'),
    )
    .addOption(new Option('--user <name>', 'user name for HTTP basic').env('SWITCHYARD_USER'))
    .option('--password-file <file>', 'file whose first line is the password (else SWITCHYARD_PASSWORD)')
    .option('--json', 'print data as JSON')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .showSuggestionAfterError(true)
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', ENVIRONMENT_HELP)
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride();
  program.commandsGroup(GROUPS.controller);
  addServe(program);
  registerDemo(program);
  return program;
}
