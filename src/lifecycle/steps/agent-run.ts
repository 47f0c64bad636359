import { type CommandResult, resultOf } from '../../../provisioner/agent/command-result.ts';
import type { AgentCommand, AgentTask } from '../../../provisioner/agent/commands.ts';
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
  const agent = context.deps.openAgent(context.node, context.signal);
  let id = (context.cursor.data[key] as string | undefined) ?? null;
  if (id !== null && !(await agent.commands()).some((known) => known.id === id)) id = null;
  if (id === null) {
    const started = await agent.execute(command);
    if (started.command_status !== 'RUNNING') return resultOf(started);
    id = started.id;
    await context.remember({ [key]: id });
  }
  const timeoutMs = context.deps.timeouts.agentCommandMs;
  return resultOf(await agent.waitFor(id, { timeoutMs, pollMs: POLL_MS, ...(onProgress ? { onProgress } : {}) }));
}

/** Asks the agent something that it answers at once. */
export async function agentAsk(context: StepContext, command: AgentCommand): Promise<Record<string, unknown>> {
  const answer = resultOf(await context.deps.openAgent(context.node, context.signal).execute(command));
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
