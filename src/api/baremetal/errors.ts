import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import type { Log } from '../../log.ts';
import { statusOf } from '../status.ts';

/** Ironic wraps its error object as JSON text inside JSON; clients unwrap both. */
export function faultBody(status: number, message: string): { error_message: string } {
  const faultcode = status >= 500 ? 'Server' : 'Client';
  return { error_message: JSON.stringify({ faultcode, faultstring: message, debuginfo: null }) };
}

/** What the router itself answers (unknown path, method, version): other members than a fault. */
export function routerBody(status: number, title: string, description: string): { error_message: string } {
  return { error_message: JSON.stringify({ code: status, title, description }) };
}

export const notAcceptable = (message = 'Request not acceptable.') =>
  new FabricError('version_not_acceptable', message);

export function notFound(resource: string, ident: string): FabricError {
  return new FabricError(`${resource.toLowerCase()}_not_found`, `${resource} ${ident} could not be found.`, {
    context: { ident },
  });
}

export const invalid = (message: string, context: Record<string, unknown> = {}) =>
  new FabricError('request_invalid', message, { context });

/** Ironic's answer where a hardware interface is switched off for a driver. */
export const unsupportedInterface = (driver: string, extension: string) =>
  new FabricError(
    'interface_unsupported',
    `Driver ${driver} does not support ${extension} (disabled or not implemented).`,
  );

interface Issue {
  path: string;
  message: string;
  /** Members that the schema does not know. */
  keys: string[];
}

/** A zod refusal in the words that Ironic's clients show their users. */
function schemaMessage(subject: string, issue: Issue | undefined): string {
  if (!issue) return `Schema error for ${subject}`;
  if (issue.keys.length > 0) {
    const verb = issue.keys.length === 1 ? 'was' : 'were';
    const names = issue.keys.map((key) => `'${key}'`).join(', ');
    return `Schema error for ${subject}: Additional properties are not allowed (${names} ${verb} unexpected)`;
  }
  return `Schema error for ${subject}: ${issue.path ? `${issue.path}: ` : ''}${issue.message}`;
}

/** The value as the schema gives it out. Error: `request_invalid`. */
export function parseAs<S extends z.ZodType>(subject: string, schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  throw invalid(schemaMessage(subject, issue && { path: issue.path.join('.'), message: issue.message, keys }));
}

/** Error handler of the bare-metal API. Text of an unexpected error stays in the log. */
export function faultHandler(log: Log) {
  return (error: FastifyError | FabricError, request: FastifyRequest, reply: FastifyReply) => {
    if (isFabricError(error)) {
      const status = statusOf(error);
      if (status >= 500) log.warn('Request failed', { id: request.id, code: error.code, message: error.message });
      const body = status === 406 ? routerBody(406, 'Not Acceptable', error.message) : faultBody(status, error.message);
      return reply.code(status).send(body);
    }
    const failure = error as FastifyError;
    if (failure.validation) {
      const subject = request.routeOptions.config.subject ?? failure.validationContext ?? 'request';
      const [issue] = failure.validation;
      const { keys } = (issue?.params ?? {}) as { keys?: string[] };
      const message = schemaMessage(
        subject,
        issue && {
          path: issue.instancePath.slice(1).replaceAll('/', '.'),
          message: issue.message ?? 'is not valid',
          keys: issue.keyword === 'unrecognized_keys' ? (keys ?? []) : [],
        },
      );
      return reply.code(400).send(faultBody(400, message));
    }
    if (failure.statusCode !== undefined && failure.statusCode < 500) {
      return reply.code(failure.statusCode).send(faultBody(failure.statusCode, failure.message));
    }
    log.error('Request failed', { id: request.id, method: request.method, url: request.url, error: failure.stack });
    return reply.code(500).send(faultBody(500, `Internal error; the log has it under request ${request.id}.`));
  };
}
