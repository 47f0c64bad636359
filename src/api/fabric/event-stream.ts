import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { messageOf } from '../../../topology/error/fabric-error.ts';
import type { ApiContext } from '../context.ts';
import { type EventFilter, type EventRow, eventOut, eventQuery } from './events.ts';

/** Comment lines that keep proxies from closing a quiet stream, and find out clients that are gone. */
const KEEPALIVE_MS = 15_000;
const BACKLOG = 1000;
/** A client that lets so many events wait is cut off; it comes back with Last-Event-ID. */
const MAX_WAITING = 10_000;

/**
 * Server-sent events (WHATWG HTML section 9.2) until the client goes or the server closes. Live events are taken by the id
 * that each notification carries, not by "greater than the last": ids are given out before commit, so an id may appear
 * after a higher one.
 */
export async function streamEvents(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  filter: EventFilter,
  after: string | null,
): Promise<void> {
  const waiting: string[] = [];
  const gone = new AbortController();
  let wake = () => {};
  const unsubscribe = context.store.subscribe('switchyard_event', (id) => {
    waiting.push(id);
    if (waiting.length > MAX_WAITING) gone.abort();
    wake();
  });
  const stop = AbortSignal.any([gone.signal, context.closing]);
  stop.addEventListener('abort', () => wake(), { once: true });
  request.raw.once('close', () => gone.abort());
  reply.hijack();
  const out = reply.raw;
  out.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'openstack-request-id': request.id,
    'x-accel-buffering': 'no',
  });
  out.write(': switchyard events\n\n');
  const keepalive = setInterval(() => out.write(': keepalive\n\n'), KEEPALIVE_MS);
  try {
    const sent = new Set<string>();
    let from = after;
    while (from !== null && !stop.aborted) {
      const rows: EventRow[] = await eventQuery(context, filter)
        .where('id', '>', from)
        .orderBy('id')
        .limit(BACKLOG)
        .execute();
      for (const row of rows) {
        await send(out, row, stop);
        sent.add(row.id);
      }
      from = rows.length === BACKLOG ? rows.at(-1)!.id : null;
    }
    while (!stop.aborted) {
      const ids = waiting.splice(0, BACKLOG).filter((id) => !sent.has(id));
      sent.clear();
      if (ids.length > 0) {
        const rows = await eventQuery(context, filter).where('id', 'in', ids).orderBy('id').execute();
        for (const row of rows) await send(out, row, stop);
      }
      if (waiting.length === 0 && !stop.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } catch (error) {
    // A stream that was aborted in the middle of a write is no failure.
    if (!stop.aborted) context.log.warn('event stream ended', { id: request.id, error: messageOf(error) });
  } finally {
    unsubscribe();
    clearInterval(keepalive);
    out.end();
  }
}

async function send(out: ServerResponse, row: EventRow, stop: AbortSignal): Promise<void> {
  const kept = out.write(`id: ${row.id}\nevent: ${row.kind}\ndata: ${JSON.stringify(eventOut(row))}\n\n`);
  if (!kept && !stop.aborted) await once(out, 'drain', { signal: stop });
}
