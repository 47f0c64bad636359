import type { AgentClient, WaitOptions } from '../../../provisioner/agent/agent-client.ts';
import { type CommandResult, resultOf } from '../../../provisioner/agent/command-result.ts';
import { type AgentCommand, type AgentTask, shortName } from '../../../provisioner/agent/commands.ts';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { labelOf } from '../node-record.ts';
import type { StepContext } from '../step.ts';

const POLL_MS = 500;

/** An asynchronous command of a step. */
export interface AgentWork {
  /** Its place in the cursor. */
  key: string;
  name: AgentCommand['name'];
  /** Asked for only where the agent is not at it already: what it asks the agent itself would be refused as long as that works. */
  command: () => Promise<AgentCommand>;
  onProgress?: (result: CommandResult) => void;
}

/**
 * Runs it and gives its result. The id of a started command is written into the cursor, so that a controller that died
 * meanwhile waits for it instead of starting it twice.
 */
export async function agentRun(context: StepContext, work: AgentWork): Promise<unknown> {
  return whilePoweredOn(context, () => runOnce(context, work));
}

async function runOnce(context: StepContext, { key, name, command, onProgress }: AgentWork): Promise<unknown> {
  const agent = context.deps.openAgent(context.node, context.signal);
  const begun = begunBefore(await agent.commands(), name, context.cursor.data[key]);
  const started = begun ?? (await executeWhenFree(context, agent, await command()));
  if (started.command_status !== 'RUNNING') return resultOf(started);
  await context.remember({ [key]: started.id });
  return resultOf(await agent.waitFor(started.id, { ...limits(context), ...(onProgress ? { onProgress } : {}) }));
}

/**
 * The command whose id was written down; or that of a controller which died before it could. An agent runs one command
 * at a time and belongs to one operation from boot to power-off, so a running one of that name is ours.
 */
function begunBefore(known: readonly CommandResult[], name: string, id: unknown): CommandResult | undefined {
  const running = (one: CommandResult) => one.command_status === 'RUNNING' && one.command_name === shortName(name);
  return known.find((one) => one.id === id) ?? known.find(running);
}

/** An agent refuses everything while it works: what a controller that died left running is waited for. */
async function executeWhenFree(
  context: StepContext,
  agent: AgentClient,
  command: AgentCommand,
): Promise<CommandResult> {
  try {
    return await agent.execute(command);
  } catch (error) {
    if (!isFabricError(error, 'agent_busy')) throw error;
    const running = (await agent.commands()).find((one) => one.command_status === 'RUNNING');
    if (running) await agent.waitFor(running.id, limits(context));
    return agent.execute(command);
  }
}

function limits(context: StepContext): WaitOptions {
  const { agentCommandMs: timeoutMs, agentSilenceMs: silenceMs } = context.deps.timeouts;
  return { timeoutMs, silenceMs, pollMs: POLL_MS, onSilence: () => refusePoweredOff(context) };
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
  const ask = () => executeWhenFree(context, context.deps.openAgent(context.node, context.signal), command);
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
