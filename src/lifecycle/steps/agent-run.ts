import type { AgentClient } from '../../../provisioner/agent/agent-client.ts';
import { type CommandResult, resultOf } from '../../../provisioner/agent/command-result.ts';
import type { AgentCommand, AgentTask } from '../../../provisioner/agent/commands.ts';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { labelOf } from '../node-record.ts';
import type { StepContext } from '../step.ts';

const POLL_MS = 500;

/**
 * Runs one asynchronous agent command for a step and gives its result. `key` names its place in the cursor: the id of
 * a started command is written there, so that a controller that died meanwhile waits for it instead of starting it twice.
 */
export async function agentRun(
  context: StepContext,
  key: string,
  command: AgentCommand,
  onProgress?: (result: CommandResult) => void,
): Promise<unknown> {
  return whilePoweredOn(context, () => runOnce(context, key, command, onProgress));
}

async function runOnce(
  context: StepContext,
  key: string,
  command: AgentCommand,
  onProgress?: (result: CommandResult) => void,
): Promise<unknown> {
  const agent = context.deps.openAgent(context.node, context.signal);
  let id = (context.cursor.data[key] as string | undefined) ?? null;
  if (id !== null && !(await agent.commands()).some((known) => known.id === id)) id = null;
  if (id === null) {
    const started = (await leftRunning(agent, command)) ?? (await agent.execute(command));
    if (started.command_status !== 'RUNNING') return resultOf(started);
    id = started.id;
    await context.remember({ [key]: id });
  }
  const { agentCommandMs: timeoutMs, agentSilenceMs: silenceMs } = context.deps.timeouts;
  const onSilence = () => refusePoweredOff(context);
  return resultOf(
    await agent.waitFor(id, {
      timeoutMs,
      silenceMs,
      pollMs: POLL_MS,
      onSilence,
      ...(onProgress ? { onProgress } : {}),
    }),
  );
}

/**
 * The command that a controller which died sent, and whose id it could not write down any more. An agent runs one command
 * at a time and belongs to one operation from boot to power-off, so one of that name is ours.
 */
async function leftRunning(agent: AgentClient, { name }: AgentCommand): Promise<CommandResult | undefined> {
  const shortName = name.slice(name.indexOf('.') + 1);
  const known = await agent.commands();
  return known.find((one) => one.command_status === 'RUNNING' && one.command_name === shortName);
}

async function whilePoweredOn<T>(context: StepContext, talk: () => Promise<T>): Promise<T> {
  try {
    return await talk();
  } catch (error) {
    if (isFabricError(error, 'agent_unreachable')) await refusePoweredOff(context);
    throw error;
  }
}

/** Nobody need wait for the agent of a machine that was switched off. Error: `node_powered_off`. */
async function refusePoweredOff(context: StepContext): Promise<void> {
  // What the BMC cannot tell is no reason to give the agent up.
  const power = await context.bmc.powerState().catch(() => null);
  if (power !== 'power off') return;
  throw new FabricError(
    'node_powered_off',
    `${labelOf(context.node)} was switched off while its ramdisk was at work. Find out by whom, and start again.`,
    { context: { node: context.node.uuid } },
  );
}

/** Asks the agent something that it answers at once. */
export async function agentAsk(context: StepContext, command: AgentCommand): Promise<Record<string, unknown>> {
  const ask = () => context.deps.openAgent(context.node, context.signal).execute(command);
  const answer = resultOf(await whilePoweredOn(context, ask));
  return (answer ?? {}) as Record<string, unknown>;
}

/** The node and its ports as the agent's steps want them. */
export async function taskFor(context: StepContext): Promise<AgentTask> {
  const { node } = context;
  const ports = await context.deps.store.db
    .selectFrom('port')
    .select(['uuid', 'address', 'pxe_enabled', 'local_link_connection'])
    .where('node_uuid', '=', node.uuid)
    .execute();
  const { configdrive: _configdrive, ...instanceInfo } = node.instance_info;
  return {
    node: {
      uuid: node.uuid,
      name: node.name,
      driver: node.driver,
      properties: node.properties,
      instance_info: instanceInfo,
      // What today's ironic-python-agent reads for its erase steps.
      driver_internal_info: {
        agent_erase_devices_iterations: 1,
        agent_erase_devices_zeroize: true,
        agent_continue_if_secure_erase_failed: true,
        agent_enable_nvme_secure_erase: true,
        agent_enable_ata_secure_erase: true,
        disk_erasure_concurrency: 4,
      },
    },
    ports,
  };
}
