import { FabricError } from '../../topology/error/fabric-error.ts';
import { type BoundedResponse, TransportFault } from '../http-client/request.ts';

/** What a fault below HTTP means; anything else is handed back unchanged. */
export function transportError(url: string, error: unknown): unknown {
  if (!(error instanceof TransportFault)) return error;
  const options = { context: { url }, cause: error };
  if (error.reason === 'untrusted') {
    return new FabricError(
      'agent_certificate_untrusted',
      `What answers at ${url} is not the agent that heartbeated: ${error.message}. Check who else has this address.`,
      options,
    );
  }
  if (error.reason === 'too_large')
    return new FabricError('agent_answer_invalid', `The agent at ${url}: ${error.message}.`, options);
  return new FabricError(
    'agent_unreachable',
    `No answer from the agent at ${url}: ${error.message}. Check that the node is up and its switch port in the right network.`,
    { ...options, retryable: true },
  );
}

/** What a status other than 2xx means: the agent's {"faultcode", "faultstring"}. */
export function refusal(url: string, command: string, response: BoundedResponse): FabricError {
  const words = faultWords(response.body) ?? `HTTP status ${response.status}`;
  const context = { url, command, status: response.status };
  switch (response.status) {
    case 401:
    case 403:
      return new FabricError(
        'agent_token_refused',
        `The agent at ${url} refused our token (${words}): it belongs to another boot. Start the step again.`,
        {
          context,
        },
      );
    case 404:
      return new FabricError(
        'agent_unknown_command',
        `The agent at ${url} does not know "${command}" (${words}). Use a ramdisk that has it.`,
        { context },
      );
    case 409:
      return new FabricError('agent_busy', `The agent at ${url} is busy with another command (${words}).`, {
        retryable: true,
        context,
      });
    default:
      return new FabricError('agent_refused', `The agent at ${url} refused "${command}": ${words}`, {
        retryable: response.status >= 500,
        context,
      });
  }
}

function faultWords(body: Buffer): string | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { faultstring, details } = value as Record<string, unknown>;
    const words = [faultstring, details].filter((text): text is string => typeof text === 'string' && text !== '');
    return words.length > 0 ? words.join(': ').slice(0, 1000) : null;
  } catch {
    return null;
  }
}
