import { FabricError } from '../../../topology/error/fabric-error.ts';
import { TransportFault } from '../../http-client/request.ts';

const maxWords = 600;

/**
 * The BMC's own words out of a Redfish error body (DSP0266 8.6): the ExtendedInfo messages with their resolution,
 * else the error's message. Null where there are none.
 */
export function extendedInfoWords(body: unknown): string | null {
  const error = field(body, 'error');
  const infos = field(error, '@Message.ExtendedInfo') ?? field(body, '@Message.ExtendedInfo');
  const list = Array.isArray(infos) ? infos.slice(0, 10) : [];
  const words = list
    .flatMap((info) => [field(info, 'Message'), field(info, 'Resolution')])
    .filter((text): text is string => typeof text === 'string' && text !== '' && text !== 'None');
  const message = field(error, 'message');
  if (words.length === 0 && typeof message === 'string' && message !== '') words.push(message);
  return words.length > 0 ? [...new Set(words)].join(' ').slice(0, maxWords) : null;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** What an HTTP status other than 2xx means. */
export function statusError(origin: string, what: string, status: number, body: unknown): FabricError {
  const words = extendedInfoWords(body) ?? `HTTP status ${status}`;
  const context = { address: origin, status };
  if (status === 401 || status === 403) {
    return new FabricError(
      'bmc_auth_failed',
      `The BMC ${origin} refused the login (${words}): check redfish_username / redfish_password and that the account may ${what}.`,
      { context },
    );
  }
  return new FabricError('bmc_command_failed', `The BMC ${origin} refused to ${what}: ${words}`, {
    retryable: status === 409 || status === 429 || status >= 500,
    context,
  });
}

/** What a fault below HTTP means; anything else is handed back unchanged. */
export function transportError(origin: string, error: unknown): unknown {
  if (!(error instanceof TransportFault)) return error;
  const options = { context: { address: origin }, cause: error };
  if (error.reason === 'untrusted') {
    return new FabricError(
      'bmc_certificate_untrusted',
      `The certificate of the BMC ${origin} is not trusted: ${error.message}. Set driver_info/redfish_verify_ca to that SHA-256 ` +
        'fingerprint if you know it to be the right one, to a CA file, or to false.',
      options,
    );
  }
  if (error.reason === 'too_large')
    return new FabricError('bmc_answer_invalid', `The BMC ${origin}: ${error.message}.`, options);
  return new FabricError(
    'bmc_unreachable',
    `No Redfish answer from ${origin}: ${error.message}. Check redfish_address and the way there.`,
    {
      ...options,
      retryable: true,
    },
  );
}
