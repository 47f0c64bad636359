import { z } from 'zod';
import { FabricError } from '../../topology/error/fabric-error.ts';

/** One command as the agent reports it; `command_name` is without its extension ("get_deploy_steps"). */
export const commandResultSchema = z.looseObject({
  id: z.string().max(200),
  command_name: z.string().max(200),
  command_status: z.enum([
    'RUNNING',
    'SUCCEEDED',
    'FAILED',
    'CLEAN_VERSION_MISMATCH',
    'DEPLOY_VERSION_MISMATCH',
    'SERVICE_VERSION_MISMATCH',
  ]),
  command_error: z.unknown().optional(),
  command_result: z.unknown().optional(),
});
export type CommandResult = z.infer<typeof commandResultSchema>;

export const commandListSchema = z.looseObject({ commands: z.array(commandResultSchema).max(10_000) });

/** The agent's words out of `command_error` ({type, code, message, details}, or a text in older agents). */
export function agentWords(error: unknown): string {
  if (typeof error === 'string') return error.slice(0, 2000);
  if (typeof error !== 'object' || error === null) return 'no reason given';
  const { message, details, type } = error as Record<string, unknown>;
  const words = [message, details].filter((text): text is string => typeof text === 'string' && text !== '');
  const distinct = words.length === 2 && words[1]!.includes(words[0]!) ? [words[1]!] : words;
  return (distinct.join(': ') || (typeof type === 'string' ? type : 'no reason given')).slice(0, 2000);
}

/** The result of a command that ended well. Throws `agent_command_failed` or `agent_version_mismatch`; not for RUNNING. */
export function resultOf(result: CommandResult): unknown {
  if (result.command_status === 'SUCCEEDED') return result.command_result;
  const context = { command: result.command_name, id: result.id, error: result.command_error };
  if (result.command_status.endsWith('VERSION_MISMATCH')) {
    throw new FabricError(
      'agent_version_mismatch',
      `The agent's hardware managers changed under "${result.command_name}": ask for the steps again and start over.`,
      { retryable: true, context },
    );
  }
  throw new FabricError(
    'agent_command_failed',
    `The agent failed at "${result.command_name}": ${agentWords(result.command_error)}`,
    { context },
  );
}

const stepSchema = z.looseObject({
  step: z.string().max(200),
  interface: z.string().max(100),
  priority: z.number(),
  reboot_requested: z.boolean().optional(),
  abortable: z.boolean().optional(),
  requires_ramdisk: z.boolean().optional(),
  argsinfo: z.record(z.string(), z.unknown()).nullish(),
});
export type AgentStep = z.infer<typeof stepSchema>;

const stepsByManager = z.record(z.string(), z.array(stepSchema).max(1000));
const versions = z.record(z.string(), z.string());

/** What `get_deploy_steps`, `get_clean_steps` return: steps of all hardware managers, highest priority first. */
export interface AgentSteps {
  steps: AgentStep[];
  /** Sent back with every step, so that the agent notices when its managers are no longer the same. */
  hardwareManagerVersion: Record<string, string>;
}

/** Throws `agent_answer_invalid`. A step that two managers offer is taken from the one with the higher priority for it. */
export function parseSteps(kind: 'deploy' | 'clean' | 'service', result: unknown): AgentSteps {
  const parsed = z
    .looseObject({ [`${kind}_steps`]: stepsByManager, hardware_manager_version: versions })
    .safeParse(result);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FabricError(
      'agent_answer_invalid',
      `The agent's ${kind} steps cannot be read: ${issue?.path.join('.')} ${issue?.message}. Use a matching ramdisk.`,
    );
  }
  const data = parsed.data as Record<string, unknown>;
  const best = new Map<string, AgentStep>();
  for (const step of Object.values(data[`${kind}_steps`] as Record<string, AgentStep[]>).flat()) {
    const name = `${step.interface}.${step.step}`;
    const other = best.get(name);
    if (!other || step.priority > other.priority) best.set(name, step);
  }
  return {
    steps: [...best.values()].sort((a, b) => b.priority - a.priority || a.step.localeCompare(b.step)),
    hardwareManagerVersion: data.hardware_manager_version as Record<string, string>,
  };
}
