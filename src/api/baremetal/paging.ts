import { sql } from 'kysely';
import { z } from 'zod';
import { invalid } from './errors.ts';
import { booleanLike } from './values.ts';

export const MAX_LIMIT = 1000;

/** Query members that every collection takes. */
export const pageQuery = {
  fields: z.string().max(2000).optional(),
  detail: booleanLike.optional(),
  limit: z.coerce.number().int().optional(),
  marker: z.string().max(255).optional(),
  sort_key: z.string().max(60).optional(),
  sort_dir: z.enum(['asc', 'desc']).optional(),
};

export interface Page {
  limit: number;
  marker: string | null;
  sortKey: string;
  descending: boolean;
}

/** `sortable` are the columns one may sort by; without a choice rows come in the order of their creation. */
export function pageOf(
  query: { limit?: number; marker?: string; sort_key?: string; sort_dir?: 'asc' | 'desc' },
  sortable: readonly string[],
): Page {
  if (query.limit !== undefined && query.limit <= 0) throw invalid('Limit must be positive');
  const sortKey = query.sort_key === undefined || query.sort_key === 'id' ? 'created_at' : query.sort_key;
  if (!sortable.includes(sortKey)) {
    throw invalid(`The sort_key value "${sortKey}" is an invalid field for sorting`);
  }
  return {
    limit: Math.min(query.limit ?? MAX_LIMIT, MAX_LIMIT),
    marker: query.marker ?? null,
    sortKey,
    descending: query.sort_dir === 'desc',
  };
}

/**
 * Rows behind the marker in (sort key nulls last, uuid) order. The marker's value is compared inside the database: a
 * JavaScript Date would lose the microseconds.
 */
export function afterMarker(table: 'node' | 'port' | 'portgroup', page: Page) {
  const column = sql.ref(`${table}.${page.sortKey}`);
  const uuid = sql.ref(`${table}.uuid`);
  const value = sql`(select m.${sql.ref(page.sortKey)} from ${sql.table(table)} m where m.uuid = ${page.marker})`;
  const beyond = page.descending ? sql`${column} < ${value}` : sql`${column} > ${value}`;
  return sql<boolean>`case when ${value} is null then ${column} is null and ${uuid} > ${page.marker}
    else ${column} is null or ${beyond} or (${column} = ${value} and ${uuid} > ${page.marker}) end`;
}

export function orderBy(table: 'node' | 'port' | 'portgroup', page: Page) {
  const column = sql.ref(`${table}.${page.sortKey}`);
  return page.descending ? sql`${column} desc nulls last` : sql`${column} asc nulls last`;
}

/** URL of the next page: the request's own query with the marker moved. */
export function nextUrl(
  base: string,
  path: string,
  query: Record<string, unknown>,
  page: Page,
  marker: string,
): string {
  const next = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) next.set(key, String(value));
  next.set('limit', String(page.limit));
  next.set('marker', marker);
  return `${base}/v1/${path}?${next.toString().replaceAll('%2C', ',')}`;
}
