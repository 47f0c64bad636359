import { z } from 'zod';
import { verifyAgentToken } from './token.ts';

/** Body of `POST /v1/heartbeat/<uuid>`. */
export const heartbeatSchema = z.object({
  callback_url: z.string().max(500),
  agent_version: z.string().max(100).optional(),
  agent_token: z.string().max(500).optional(),
  agent_verify_ca: z.string().max(50_000).nullish(),
  agent_status: z.string().max(100).nullish(),
  agent_status_message: z.string().max(2000).nullish(),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** What is stored of a node's agent; all null before the first heartbeat of a boot. */
export interface AgentState {
  tokenHash: string | null;
  url: string | null;
  verifyCa: string | null;
}

export type HeartbeatDecision =
  | { accept: true; agent: { url: string; verifyCa: string | null; version: string; token: string } }
  | { accept: false; status: 400; reason: string };

/**
 * Whether a heartbeat is from the agent that took the token, and what to remember of it. The address may not change
 * within a boot, nor the certificate once there is one: either would let a stranger with a stolen token redirect our
 * commands.
 */
export function decideHeartbeat(
  state: AgentState,
  body: Heartbeat,
  options: { requireTls: boolean },
): HeartbeatDecision {
  const refuse = (reason: string): HeartbeatDecision => ({ accept: false, status: 400, reason });
  if (!body.agent_token) return refuse('Agent token is required for heartbeat processing.');
  if (!state.tokenHash || !verifyAgentToken(body.agent_token, state.tokenHash))
    return refuse('Invalid or missing agent token received.');
  if (!body.agent_version) return refuse('Agent did not send its version: upgrade the ramdisk.');
  const url = callbackUrl(body.callback_url);
  if (!url) return refuse('The callback_url is not an http(s) URL with a host and port.');
  const verifyCa = body.agent_verify_ca || null;
  if (options.requireTls && !url.startsWith('https:'))
    return refuse('TLS is required by configuration, but the agent offers http only.');
  if (url.startsWith('https:') && !verifyCa)
    return refuse('The agent offers https but sent no agent_verify_ca: its certificate cannot be checked.');
  if (state.url && state.url !== url) return refuse('Detected change in ramdisk provided "callback_url".');
  if (state.verifyCa && state.verifyCa !== verifyCa)
    return refuse('Detected change in ramdisk provided "agent_verify_ca".');
  return { accept: true, agent: { url, verifyCa, version: body.agent_version, token: body.agent_token } };
}

/** The origin of the agent's API without a trailing slash; null where it is no plain http(s) address. */
export function callbackUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain =
    (url.protocol === 'http:' || url.protocol === 'https:') && !url.username && !url.password && url.hostname !== '';
  return plain && (url.pathname === '/' || url.pathname === '') && !url.search && !url.hash ? url.origin : null;
}
