import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import { type Client, unreachable } from './client.ts';
import { answerError } from './errors.ts';
import type { EventOut } from './wire.ts';

const MAX_LINE = 1024 * 1024;
const RETRY_MS = [500, 1000, 2000, 5000];
/** So many failed connections in a row end the stream: the controller is gone. */
const MAX_FAILURES = 8;

export interface EventFilter {
  node?: string;
  switch?: string;
  kind?: string;
  /** Number of the event to go on after. */
  after?: string;
}

/**
 * Events as they happen, until `signal` is aborted. `onOpen` is called whenever the stream stands, so that a caller can
 * read the state after it can no longer miss a change. A broken connection is taken up where it ended. Errors: as the
 * client's, and `api_unreachable` when the controller stays away.
 */
export async function* eventStream(
  client: Client,
  filter: EventFilter,
  signal: AbortSignal,
  onOpen: () => void = () => {},
): AsyncGenerator<EventOut> {
  let last = filter.after;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await client.open('GET', '/fabric/v1/events', {
        query: { ...filter, after: last },
        headers: { accept: 'text/event-stream' },
        signal,
      });
      if (!response.ok) throw answerError(response.status, await response.text(), client.base);
      failures = 0;
      onOpen();
      for await (const event of parseEvents(response.body!)) {
        last = event.id;
        yield event;
      }
    } catch (error) {
      if (signal.aborted) return;
      const lasting = isFabricError(error) && error.code !== 'api_unreachable' && !error.retryable;
      if (lasting) throw error;
      failures += 1;
      if (failures > MAX_FAILURES) throw isFabricError(error) ? error : unreachable(client.base, error);
    }
    await sleep(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)], undefined, { signal }).catch(() => {});
  }
}

/** Server-sent events (WHATWG HTML section 9.2.6), of which only the data counts here: it is the whole event. */
export async function* parseEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<EventOut> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    if (rest.length > MAX_LINE)
      throw new FabricError('api_answer_invalid', 'An event is longer than 1 MiB: check --url');
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      else if (line === '' && data.length > 0) {
        yield JSON.parse(data.join('\n')) as EventOut;
        data = [];
      }
    }
  }
}
