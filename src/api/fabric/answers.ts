import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../fabric/fabric.ts';
import type { ApiContext } from '../context.ts';
import { linkBase } from '../link-base.ts';
import { operationOut } from './wire.ts';

/** Sets 202 and the operation's Location when ports are about to change; else `otherwise`, with the resource's Location. */
export function withOperation(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation | null,
  otherwise: { status: number; path: string },
) {
  const path = operation ? `operations/${operation.id}` : otherwise.path;
  reply.code(operation ? 202 : otherwise.status);
  reply.header('location', `${linkBase(context, request)}/fabric/v1/${path}`);
  return operation ? operationOut(operation) : null;
}
