import { expect, test } from 'vitest';
import { AgentClient } from '../../../provisioner/agent/agent-client.ts';
import { parseSteps } from '../../../provisioner/agent/command-result.ts';
import {
  executeCleanStep,
  getCleanSteps,
  getHardwareInfo,
  powerOff,
  syncDisks,
} from '../../../provisioner/agent/commands.ts';
import { generateAgentToken } from '../../../provisioner/agent/token.ts';
import { selfSigned } from '../bmc/redfish-service.ts';
import { type StockAgent, startAgent } from './stock-agent.ts';

const token = generateAgentToken();
const task = { node: { uuid: 'n1', driver_info: { ipmi_password: 'geheim', ipmi_address: 'bmc' } }, ports: [] };
const clientFor = (agent: StockAgent, extra: { token?: string; verifyCa?: string | null } = {}) =>
  new AgentClient({ url: agent.url, token, verifyCa: null, backoffMs: 5, ...extra });
const fast = { pollMs: 5 };
const posts = (agent: StockAgent) => agent.requests.filter(({ method }) => method === 'POST');

const cleanSteps = {
  command_result: {
    clean_steps: {
      GenericHardwareManager: [
        { step: 'erase_devices', priority: 10, interface: 'deploy', reboot_requested: false, abortable: true },
        { step: 'erase_devices_metadata', priority: 99, interface: 'deploy', reboot_requested: false, abortable: true },
      ],
      VendorManager: [{ step: 'erase_devices', priority: 20, interface: 'deploy' }],
    },
    hardware_manager_version: { generic_hardware_manager: '1.2' },
  },
};

test.each([true, false])(
  'cleans over TLS with the certificate pinned, token on GET demanded: %s',
  async (tokenOnGet) => {
    const tls = await selfSigned('agent');
    await using agent = await startAgent({
      token,
      tls,
      tokenOnGet,
      answers: { get_clean_steps: cleanSteps, execute_clean_step: {} },
    });
    const client = clientFor(agent, { verifyCa: tls.cert });
    const { steps, hardwareManagerVersion } = parseSteps('clean', await client.run(getCleanSteps(task)));
    expect(steps.map(({ step, priority }) => [step, priority])).toEqual([
      ['erase_devices_metadata', 99],
      ['erase_devices', 20],
    ]);
    await client.run(executeCleanStep(task, steps[0]!, hardwareManagerVersion), fast);
    const [, execute] = posts(agent);
    expect(execute!.query.get('wait')).toBe('false');
    expect(execute!.body).toMatchObject({
      name: 'clean.execute_clean_step',
      params: { clean_version: { generic_hardware_manager: '1.2' } },
    });
    expect(JSON.stringify(agent.requests.map(({ body }) => body))).not.toContain('geheim');
  },
);

test('a stranger with another certificate gets neither token nor command', async () => {
  const [real, other] = await Promise.all([selfSigned('agent'), selfSigned('agent')]);
  await using agent = await startAgent({ token, tls: other, answers: {} });
  await expect(clientFor(agent, { verifyCa: real.cert }).run(syncDisks())).rejects.toMatchObject({
    code: 'agent_certificate_untrusted',
  });
  expect(agent.requests).toEqual([]);
  expect(() => clientFor(agent)).toThrow(expect.objectContaining({ code: 'agent_certificate_untrusted' }));
});

test('a failed command throws the words of the agent', async () => {
  const failed = {
    command_status: 'FAILED',
    command_error: {
      type: 'ImageChecksumError',
      code: 500,
      message: 'Error verifying image checksum',
      details: 'Image failed to verify against checksum',
    },
  };
  await using agent = await startAgent({
    token,
    answers: { execute_clean_step: failed, get_clean_steps: { command_status: 'CLEAN_VERSION_MISMATCH' } },
  });
  const step = { interface: 'deploy', step: 'erase_devices' };
  await expect(clientFor(agent).run(executeCleanStep(task, step, {}), fast)).rejects.toMatchObject({
    code: 'agent_command_failed',
    message: expect.stringContaining('Error verifying image checksum: Image failed to verify against checksum'),
  });
  await expect(clientFor(agent).run(getCleanSteps(task))).rejects.toMatchObject({
    code: 'agent_version_mismatch',
    retryable: true,
  });
});

test('refusals are typed: busy, wrong token, unknown command, forgotten command', async () => {
  await using agent = await startAgent({ token, answers: { execute_clean_step: {}, power_off: {} } });
  await clientFor(agent).execute(executeCleanStep(task, { interface: 'deploy', step: 'x' }, {}));
  await expect(clientFor(agent).run(syncDisks())).rejects.toMatchObject({
    code: 'agent_busy',
    retryable: true,
    message: expect.stringContaining('Agent is busy'),
  });
  await clientFor(agent).commands();
  await expect(clientFor(agent, { token: 'x' }).run(syncDisks())).rejects.toMatchObject({
    code: 'agent_token_refused',
    retryable: false,
  });
  await expect(clientFor(agent).run(getHardwareInfo())).rejects.toMatchObject({ code: 'agent_unknown_command' });
  await expect(clientFor(agent).waitFor('gone', fast)).rejects.toMatchObject({ code: 'agent_command_lost' });
});

test('a command that broke off is sent again only if the agent did not take it', async () => {
  await using agent = await startAgent({ token, answers: { execute_clean_step: {}, power_off: {} } });
  const client = clientFor(agent);
  agent.breakNext = 'after';
  const taken = await client.execute(executeCleanStep(task, { interface: 'deploy', step: 'x' }, {}));
  expect(taken.id).toBe('command-0');
  expect(posts(agent)).toHaveLength(1);
  await client.waitFor(taken.id, fast);
  agent.breakNext = 'before';
  expect((await client.execute(powerOff())).id).toBe('command-1');
  expect(posts(agent)).toHaveLength(3);
});

test('a command that never ends is given up, an agent that is gone is agent_unreachable', async () => {
  const agent = await startAgent({ token, answers: {} });
  agent.commands.push({
    id: 'slow',
    command_name: 'x',
    command_status: 'RUNNING',
    command_error: null,
    command_result: null,
  });
  await expect(clientFor(agent).waitFor('slow', { timeoutMs: 30, pollMs: 5 })).rejects.toMatchObject({
    code: 'agent_command_timeout',
  });
  await agent[Symbol.asyncDispose]();
  await expect(clientFor(agent).commands()).rejects.toMatchObject({ code: 'agent_unreachable', retryable: true });
  const onSilence = async () => {
    throw new Error('its machine is off');
  };
  await expect(clientFor(agent).waitFor('slow', { ...fast, onSilence })).rejects.toThrow('its machine is off');
});
