import { expect, test } from 'vitest';
import type { AgentClient } from '../../../provisioner/agent/agent-client.ts';
import type { CommandResult } from '../../../provisioner/agent/command-result.ts';
import type { StepContext } from '../../../src/lifecycle/step.ts';
import { agentRun } from '../../../src/lifecycle/steps/agent-run.ts';

const command = { name: 'deploy.execute_deploy_step', params: {}, wait: false };

const ran = (id: string, name: string, status: CommandResult['command_status']): CommandResult => ({
  id,
  command_name: name,
  command_status: status,
  command_result: { of: id },
});

/** An agent that holds `held`, and the part of a step's context that running a command needs. */
function situation(held: CommandResult[], remembered: Record<string, unknown> = {}) {
  const sent: string[] = [];
  const agent = {
    commands: async () => held,
    async execute() {
      sent.push('new');
      return ran('new', 'execute_deploy_step', 'RUNNING');
    },
    waitFor: async (id: string) => ran(id, 'execute_deploy_step', 'SUCCEEDED'),
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
  return { context, sent, data };
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
  const { context, sent, data } = situation(held, remembered);
  expect(await agentRun(context, 'key', command)).toEqual({ of: id });
  expect(sent).toEqual(id === 'new' ? ['new'] : []);
  expect(data.key).toBe(id);
});
