import { type Command, InvalidArgumentError } from 'commander';
import { FabricError, messageOf } from '../../../../topology/error/fabric-error.ts';
import { Client, type Json } from '../../client/client.ts';
import { path } from '../../client/path.ts';
import { eventLine } from '../../output/describe.ts';
import { globals, note, print } from '../../output/print.ts';
import { collect, duration, fileText, members } from '../../values.ts';
import { followNode, labelOf, nodeSummary, untilSettled } from '../../wait/node.ts';
import { patchOf } from './write.ts';

interface WaitOptions {
  wait?: boolean;
  timeout?: number;
}

interface Verb {
  name: string;
  target: string;
  /** Where it leads; null: wherever it stops. */
  goal: string | null;
  description: string;
}

const VERBS: readonly Verb[] = [
  { name: 'manage', target: 'manage', goal: 'manageable', description: 'take a node under control (checks its BMC)' },
  { name: 'inspect', target: 'inspect', goal: 'manageable', description: 'boot it once to learn hardware and cabling' },
  { name: 'provide', target: 'provide', goal: 'available', description: 'clean it and offer it for use' },
  { name: 'undeploy', target: 'deleted', goal: 'available', description: 'take it back from its tenant and clean it' },
  { name: 'abort', target: 'abort', goal: null, description: 'stop what it waits for' },
];

const withWait = (command: Command): Command =>
  command
    .option('-w, --wait', 'show the progress and end with the outcome')
    .option('--timeout <time>', 'with --wait: give up after this time (90, 10m, 2h)', duration);

export function addNodeVerbs(node: Command): void {
  for (const verb of VERBS) {
    withWait(node.command(verb.name).description(verb.description).argument('<node>', 'name or uuid')).action(
      (ident: string, options: WaitOptions, command: Command) => provision(command, ident, verb, options, {}),
    );
  }
  withWait(
    node
      .command('deploy')
      .description('write an image to its disk and hand it to the tenant')
      .argument('<node>', 'name or uuid')
      .option('--instance-info <key=value>', 'set before, as `image add` prints it (repeatable)', collect)
      .option('--config-drive <file>', 'JSON {meta_data, user_data, network_data, vendor_data}, or base64 of an image')
      .option('--user-data <file>', 'cloud-init user data')
      .option('--hostname <name>', 'host name in the config drive')
      .option('--ssh-key <file>', 'public key in the config drive (repeatable)', collect),
  ).action(deploy);
  withWait(
    node
      .command('power')
      .description('switch the power')
      .argument('<node>', 'name or uuid')
      .argument('<on|off|reboot|soft-off|soft-reboot>', 'what to do', powerTarget),
  ).action(power);
}

interface DeployOptions extends WaitOptions {
  instanceInfo?: string[];
  configDrive?: string;
  userData?: string;
  hostname?: string;
  sshKey?: string[];
}

async function deploy(ident: string, options: DeployOptions, command: Command): Promise<void> {
  const body = configDrive(options, command);
  if (options.instanceInfo) {
    const patch = patchOf({ instance_info: members(options.instanceInfo) });
    await new Client(globals(command)).patch(path`/v1/nodes/${ident}`, patch);
  }
  const verb: Verb = { name: 'deploy', target: 'active', goal: 'active', description: '' };
  await provision(command, ident, verb, options, body);
}

function configDrive({ configDrive: file, userData, hostname, sshKey }: DeployOptions, command: Command): Json {
  const parts = userData !== undefined || hostname !== undefined || sshKey !== undefined;
  if (file !== undefined) {
    if (parts) command.error('error: --config-drive is the whole config drive: give it, or its parts', { exitCode: 2 });
    const text = fileText(file);
    return { configdrive: text.trimStart().startsWith('{') ? parseJson(text, file) : text };
  }
  if (!parts) return {};
  const keys = (sshKey ?? []).map((one, index) => [`key${index + 1}`, fileText(one)] as const);
  return {
    configdrive: {
      meta_data: {
        ...(hostname === undefined ? {} : { hostname, name: hostname }),
        ...(keys.length === 0 ? {} : { public_keys: Object.fromEntries(keys) }),
      },
      ...(userData === undefined ? {} : { user_data: fileText(userData) }),
    },
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FabricError('usage_json_invalid', `${file} begins like JSON but is none: ${messageOf(cause)}`, { cause });
  }
}

async function provision(command: Command, ident: string, verb: Verb, options: WaitOptions, body: Json): Promise<void> {
  const client = new Client(globals(command));
  await client.put(path`/v1/nodes/${ident}/states/provision`, { target: verb.target, ...body });
  await report(command, client, ident, options, verb);
}

async function report(
  command: Command,
  client: Client,
  ident: string,
  options: WaitOptions,
  verb: Verb,
): Promise<void> {
  const { json } = globals(command);
  const node = options.wait
    ? await followNode(client, ident, {
        verdict: untilSettled(verb.goal),
        goal: verb.goal ?? 'settled',
        timeoutMs: options.timeout,
        onEvent: (event) => {
          if (!json) note(eventLine(event));
        },
      })
    : await nodeSummary(client, ident);
  print(command, node, () => {
    const label = labelOf(node);
    if (options.wait) return `Node ${label} is in "${node.provision_state}".`;
    return `Node ${label} is in "${node.provision_state}". Follow it with: switchyard node watch ${label}${verb.goal ? ` --until ${verb.goal}` : ''}`;
  });
}

const POWER: Readonly<Record<string, string>> = {
  on: 'power on',
  off: 'power off',
  reboot: 'rebooting',
  'soft-off': 'soft power off',
  'soft-reboot': 'soft rebooting',
};

function powerTarget(text: string): string {
  const target = POWER[text];
  if (target !== undefined) return target;
  throw new InvalidArgumentError(`it is one of ${Object.keys(POWER).join(', ')}.`);
}

async function power(ident: string, target: string, options: WaitOptions, command: Command): Promise<void> {
  const client = new Client(globals(command));
  await client.put(path`/v1/nodes/${ident}/states/power`, { target });
  const wanted = target.endsWith('off') ? 'power off' : 'power on';
  const node = options.wait
    ? await followNode(client, ident, {
        verdict: (now) => {
          if (now.target_power_state !== null) return null;
          return now.power_state === wanted ? 'done' : 'failed';
        },
        goal: wanted.replace('power ', 'powered '),
        timeoutMs: options.timeout,
        onEvent: (event) => {
          if (!globals(command).json) note(eventLine(event));
        },
      })
    : await nodeSummary(client, ident);
  const going = node.target_power_state ? `, going to ${node.target_power_state}` : '';
  print(command, node, () => `Node ${labelOf(node)}: ${node.power_state ?? 'power state not known yet'}${going}.`);
}
