import { Command, Option } from 'commander';
import { version } from '../version.ts';
import { addAttach } from './commands/attach.ts';
import { addCompletion } from './commands/completion.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDriver } from './commands/driver.ts';
import { addEvent } from './commands/event.ts';
import { addHashPassword } from './commands/hash-password.ts';
import { addImageCommands } from './commands/image.ts';
import { addLink } from './commands/link.ts';
import { addLldp } from './commands/lldp.ts';
import { addNetwork } from './commands/network.ts';
import { addNode } from './commands/node/node.ts';
import { addOperation } from './commands/operation.ts';
import { addRamdisk } from './commands/ramdisk.ts';
import { addSecrets } from './commands/secrets.ts';
import { addServe } from './commands/serve.ts';
import { addSimulate } from './commands/simulate.ts';
import { addSwitch } from './commands/switch.ts';
import { registerDemo } from './demo/command.ts';
import { EXIT_CODES_HELP } from './exit-code.ts';

const ENVIRONMENT_HELP = `
Environment:
  SWITCHYARD_URL        as --url
  SWITCHYARD_USER       as --user
  SWITCHYARD_PASSWORD   the password that goes with it
  SWITCHYARD_CONFIG     as --config; every setting has a variable, such as SWITCHYARD_API_PORT
  NO_COLOR              no colours`;

const GROUPS: ReadonlyArray<[heading: string, members: Array<(program: Command) => void>]> = [
  ['Controller:', [addServe, registerDemo, addDoctor, addSecrets]],
  ['Switches and networks:', [addSwitch, addLink, addNetwork, addOperation]],
  ['Servers:', [addNode, addAttach, addImageCommands, addRamdisk]],
  ['Tools:', [addDriver, addSimulate, addEvent, addLldp, addHashPassword, addCompletion]],
];

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
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', ENVIRONMENT_HELP)
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride();
  for (const [heading, members] of GROUPS) {
    program.commandsGroup(heading);
    for (const add of members) add(program);
  }
  return program;
}
