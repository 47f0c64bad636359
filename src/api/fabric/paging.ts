import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { linkBase } from '../link-base.ts';

export const MAX_LIMIT = 1000;

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(200),
  /** From the `next` link of the page before. */
  marker: z.string().max(600).optional(),
};

export const nextLink = z.string().nullable();

/** The page out of `limit + 1` rows, and the URL of the next one. */
export function page<Row>(
  context: ApiContext,
  request: FastifyRequest,
  rows: readonly Row[],
  limit: number,
  markerOf: (row: Row) => string,
): { shown: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { shown, next: null };
  const url = new URL(request.url, linkBase(context, request));
  url.searchParams.set('limit', String(limit));
  url.searchParams.set('marker', markerOf(last));
  return { shown, next: url.href };
}
