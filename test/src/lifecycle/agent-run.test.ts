import { expect, test } from 'vitest';
import type { AgentClient } from '../../../provisioner/agent/agent-client.ts';
import type { CommandResult } from '../../../provisioner/agent/command-result.ts';
import type { AgentCommand } from '../../../provisioner/agent/commands.ts';
import type { StepContext } from '../../../src/lifecycle/step.ts';
import { agentAsk, agentRun } from '../../../src/lifecycle/steps/agent-run.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';

const name = 'deploy.execute_deploy_step';
const command = { name, params: {}, wait: false };

const ran = (id: string, name: string, status: CommandResult['command_status']): CommandResult => ({
  id,
  command_name: name,
  command_status: status,
  command_result: { of: id },
});

/** An agent that holds `held` and does one thing at a time, and the part of a step's context that running a command needs. */
function situation(held: CommandResult[], remembered: Record<string, unknown> = {}) {
  const happened: string[] = [];
  const agent = {
    commands: async () => held,
    async execute({ wait }: AgentCommand) {
      if (held.some((one) => one.command_status === 'RUNNING')) {
        happened.push('refused');
        throw new FabricError('agent_busy', 'busy', { retryable: true });
      }
      happened.push('new');
      return ran('new', 'execute_deploy_step', wait ? 'SUCCEEDED' : 'RUNNING');
    },
    async waitFor(id: string) {
      happened.push(`waited for ${id}`);
      for (const one of held) one.command_status = 'SUCCEEDED';
      return ran(id, 'execute_deploy_step', 'SUCCEEDED');
    },
  };
  const data = { ...remembered };
  const context = {
    node: {},
    signal: new AbortController().signal,
    cursor: { data },
    async remember(values: Record<string, unknown>) {
      Object.assign(data, values);
    },
    deps: { openAgent: () => agent as unknown as AgentClient, timeouts: { agentCommandMs: 1, agentSilenceMs: 1 } },
  } as unknown as StepContext;
  return { context, happened, data };
}

test.each<[string, CommandResult[], Record<string, unknown>, string]>([
  ['a fresh agent is sent the command', [], {}, 'new'],
  [
    'a command whose id was written down is waited for',
    [ran('a', 'execute_deploy_step', 'RUNNING')],
    { key: 'a' },
    'a',
  ],
  ['one that a killed controller left running is adopted', [ran('b', 'execute_deploy_step', 'RUNNING')], {}, 'b'],
  ['one of that name that has ended is not', [ran('c', 'execute_deploy_step', 'SUCCEEDED')], {}, 'new'],
  ['nor is a running one of another name', [ran('d', 'sync', 'RUNNING')], {}, 'new'],
  ['an id that the agent does not know is forgotten', [], { key: 'gone' }, 'new'],
])('%s', async (_what, held, remembered, id) => {
  const { context, happened, data } = situation(held, remembered);
  expect(await agentRun(context, { key: 'key', name, command: async () => command })).toEqual({ of: id });
  expect(happened.includes('new')).toBe(id === 'new');
  expect(happened.at(-1)).toBe(`waited for ${id}`);
  expect(data.key).toBe(id);
});

test('a busy agent is not even asked what the command it works on would need', async () => {
  const { context } = situation([ran('a', 'execute_deploy_step', 'RUNNING')], { key: 'a' });
  const command = () => Promise.reject(new Error('asked'));
  expect(await agentRun(context, { key: 'key', name, command })).toEqual({ of: 'a' });
});

test('what a killed controller asked and the agent still works on is waited for, then the question is put again', async () => {
  const { context, happened } = situation([ran('old', 'get_hardware_info', 'RUNNING')]);
  expect(await agentAsk(context, { name: 'poll.get_hardware_info', params: {}, wait: true })).toEqual({ of: 'new' });
  expect(happened).toEqual(['refused', 'waited for old', 'new']);
});
