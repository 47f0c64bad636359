import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import { maskSecrets } from '../baremetal/secrets.ts';
import { statusOf } from '../status.ts';

/** RFC 9457. `code` is the FabricError's; `type` is it as a URN. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    context: z.record(z.string(), z.unknown()),
    retryable: z.boolean(),
  })
  .meta({ id: 'Problem' });
export type Problem = Omit<z.output<typeof problemSchema>, 'type'>;

export function problem(reply: FastifyReply, facts: Problem) {
  return reply
    .code(facts.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:switchyard:error:${facts.code}`, ...facts }));
}

/** Error handler of the fabric API. */
export function problemHandler(log: Log) {
  return (error: FastifyError | FabricError, request: FastifyRequest, reply: FastifyReply) => {
    const facts = factsOf(error, request);
    if (facts.status >= 500) {
      log.error('Request failed', { id: request.id, code: facts.code, url: request.url, error: error.stack });
    }
    return problem(reply, facts);
  };
}

function factsOf(error: FastifyError | FabricError, request: FastifyRequest): Problem {
  if (isFabricError(error)) {
    const status = statusOf(error);
    const context = maskSecrets(error.context) as Record<string, unknown>;
    return {
      status,
      title: titleOf(status),
      code: error.code,
      detail: error.message,
      context,
      retryable: error.retryable,
    };
  }
  const failure = error as FastifyError;
  const plain = { context: {}, retryable: false };
  if (failure.validation) {
    const [issue] = failure.validation;
    const where = issue?.instancePath.slice(1).replaceAll('/', '.') || failure.validationContext || 'request';
    const detail = `${where}: ${issue?.message ?? failure.message}`;
    return { status: 400, title: titleOf(400), code: 'request_invalid', detail, ...plain };
  }
  if (failure.statusCode !== undefined && failure.statusCode < 500) {
    const status = failure.statusCode;
    return { status, title: titleOf(status), code: 'request_invalid', detail: failure.message, ...plain };
  }
  const detail = `Internal error; the log has it under request ${request.id}.`;
  return { status: 500, title: titleOf(500), code: 'api_internal', detail, ...plain };
}

const titleOf = (status: number): string => STATUS_CODES[status] ?? 'Error';
