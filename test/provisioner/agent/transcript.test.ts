import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { AgentClient } from '../../../provisioner/agent/agent-client.ts';
import { parseSteps } from '../../../provisioner/agent/command-result.ts';
import {
  type AgentCommand,
  getDeploySteps,
  getPartitionUuids,
  installBootloader,
  powerOff,
  writeImage,
} from '../../../provisioner/agent/commands.ts';
import { decideHeartbeat, heartbeatSchema } from '../../../provisioner/agent/heartbeat.ts';
import { wholeDiskImage } from '../../../provisioner/agent/image-info.ts';
import { lookupConfig, lookupQuerySchema } from '../../../provisioner/agent/lookup.ts';
import { hashAgentToken } from '../../../provisioner/agent/token.ts';
import { startAgent } from './stock-agent.ts';

// A stock agent and a stock conductor of Ironic 21.4, both directions, up to `active`.
const file = fileURLToPath(
  new URL('../../../../shared/reference/transcripts/ipa-deploy-ironic-21.4.txt', import.meta.url),
);
const recorded = test.skipIf(!existsSync(file));

interface Recorded {
  name: string;
  wait: string;
  /** Keys of params, also where the record was cut off. */
  paramKeys: string[];
  /** Null where it was cut off. */
  params: unknown;
  line: string;
}

function read() {
  const lines = readFileSync(file, 'utf8').split('\n');
  const posts: Recorded[] = [];
  const answers: Record<string, Record<string, unknown>> = {};
  for (const line of lines) {
    const post = /^>>AGENT POST \/v1\/commands\/\?wait=(\w+)&agent_token=\S+ (\{"name": "([\w.]+)".*)$/.exec(line);
    const answer = /^<<AGENT \{"id": "[^"]+", "command_name": "(\w+)", "command_status": "(\w+)"/.exec(line);
    if (post) {
      const whole = safeJson(post[2]!) as { params: Record<string, unknown> } | null;
      const firstKey = /"params": \{"(\w+)"/.exec(line)?.[1];
      posts.push({
        name: post[3]!,
        wait: post[1]!,
        params: whole?.params ?? null,
        paramKeys: whole ? Object.keys(whole.params) : [firstKey!],
        line,
      });
    }
    if (answer) {
      const whole = safeJson(line.slice('<<AGENT '.length)) as Record<string, unknown> | null;
      answers[answer[1]!] = { command_result: whole?.command_result ?? null };
    }
  }
  return { lines, posts, answers };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

recorded('the recorded agent is taken through a deploy with the requests its own conductor sent', async () => {
  const { lines, posts, answers } = read();
  const heartbeatLine = lines.find((line) => line.startsWith('>>IRONIC POST /v1/heartbeat/'))!;
  const heartbeat = heartbeatSchema.parse(JSON.parse(heartbeatLine.slice(heartbeatLine.indexOf('{'))));
  const token = heartbeat.agent_token!;
  const nodeUuid = /heartbeat\/(\S+)/.exec(heartbeatLine)![1]!;
  const decision = decideHeartbeat({ tokenHash: hashAgentToken(token), url: null, verifyCa: null }, heartbeat, {
    requireTls: false,
  });
  expect(decision).toMatchObject({
    accept: true,
    agent: { url: heartbeat.callback_url, version: '9.4.0', verifyCa: null },
  });

  await using agent = await startAgent({ token, tokenOnGet: false, answers });
  const client = new AgentClient({ url: agent.url, token, verifyCa: null });
  const task = { node: { uuid: nodeUuid, provision_state: 'wait call-back' }, ports: [] };
  const run = (command: AgentCommand) => client.run(command, { pollMs: 5 });
  const { steps, hardwareManagerVersion } = parseSteps('deploy', await run(getDeploySteps(task)));
  expect(steps.map(({ step }) => step)).toEqual(['inject_files', 'write_image']);
  const image = wholeDiskImage({
    id: 'i.raw',
    urls: ['http://127.0.0.1:16397/i.raw'],
    diskFormat: 'raw',
    sha256: 'bbe1037d5a7e9369b40f45d775aed91dde9837ca3ba48f29c5b05a198b4d6ce2',
    nodeUuid,
  });
  await run(writeImage(task, image, 'H4sI', hardwareManagerVersion));
  await run(getPartitionUuids());
  await run(installBootloader({ targetBootMode: 'uefi' }));
  await run(powerOff());

  const ours = agent.requests.filter(({ method }) => method === 'POST');
  expect(ours.map(({ body, query }) => [body!.name, query.get('wait')])).toEqual(
    posts.map(({ name, wait }) => [name, wait]),
  );
  for (const [index, post] of posts.entries()) {
    const { params } = ours[index]!.body!;
    expect(Object.keys(params)).toEqual(expect.arrayContaining(post.paramKeys));
    if (post.params) expect(params).toEqual(post.params);
  }
  // write_image was recorded up to the middle of the config drive: everything before it must be ours.
  const stock = /"image_info": (\{.*?\}), "configdrive"|"image_info": (\{[^}]*?), "configdrive"/.exec(posts[1]!.line);
  const stockInfo = JSON.parse(stock?.[1] ?? `${stock?.[2]}}`) as Record<string, unknown>;
  const step = ours[1]!.body!.params.step as {
    interface: string;
    step: string;
    args: { image_info: Record<string, unknown> };
  };
  expect([step.interface, step.step]).toEqual(['deploy', 'write_image']);
  expect(step.args.image_info).toMatchObject(stockInfo);
});

recorded('the recorded lookup is understood and our answer has what a stock agent reads', () => {
  const { lines } = read();
  const lookup = lines.find((line) => line.startsWith('>>IRONIC GET /v1/lookup'))!;
  const query = new URLSearchParams(lookup.slice(lookup.indexOf('?') + 1).split(' ')[0]);
  expect(lookupQuerySchema.parse(Object.fromEntries(query)).addresses).toEqual(['52:54:00:ab:cd:01']);
  expect(lookupConfig({ token: 't'.repeat(43), heartbeatSeconds: 60 })).toMatchObject({
    heartbeat_timeout: 60,
    agent_token_required: true,
  });
});
