import pg from 'pg';
import { messageOf } from '../../topology/error/fabric-error.ts';
import type { Log } from '../log.ts';
import type { NotifyChannel } from './store.ts';

const CHANNELS: readonly NotifyChannel[] = ['switchyard_operation', 'switchyard_node', 'switchyard_event'];
const BACKOFF_MS = [50, 200, 500, 1_000, 2_000, 5_000];

type Listener = (payload: string) => void;

export interface Notifications {
  subscribe(channel: NotifyChannel, listener: Listener): () => void;
  waitFor(channel: NotifyChannel, accept: (payload: string) => boolean, timeoutMs: number): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * LISTEN on one kept connection, made again when it is lost. What is notified in between is lost: whoever waits for a
 * state must also look at the state.
 */
export async function listen(config: pg.ClientConfig, log: Log): Promise<Notifications> {
  const listeners = new Map<NotifyChannel, Set<Listener>>(CHANNELS.map((channel) => [channel, new Set()]));
  const closing = new Set<() => void>();
  let closed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...config, keepAlive: true });
    next.on('notification', ({ channel, payload }) => {
      for (const listener of [...(listeners.get(channel as NotifyChannel) ?? [])]) {
        try {
          listener(payload ?? '');
        } catch (error) {
          log.error('a listener to database notifications failed', { channel, error: messageOf(error) });
        }
      }
    });
    let lost = false;
    const onLost = (error?: Error) => {
      if (lost || closed || client !== next) return;
      lost = true;
      log.warn('the notification connection to the database is lost', { error: error?.message ?? 'closed' });
      reconnect(0);
    };
    next.on('error', onLost);
    next.on('end', () => onLost());
    client = next;
    await next.connect();
    await next.query(CHANNELS.map((channel) => `listen ${channel}`).join('; '));
  }

  function reconnect(attempt: number): void {
    timer = setTimeout(
      () => {
        client = null;
        connect().catch((error) => {
          if (closed) return;
          log.warn('the notification connection cannot be made', { error: messageOf(error) });
          client = null;
          reconnect(attempt + 1);
        });
      },
      BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)],
    );
  }

  function subscribe(channel: NotifyChannel, listener: Listener): () => void {
    listeners.get(channel)!.add(listener);
    return () => listeners.get(channel)!.delete(listener);
  }

  await connect();
  return {
    subscribe,
    waitFor(channel, accept, timeoutMs) {
      return new Promise((resolve) => {
        const settle = (payload: string | null) => {
          clearTimeout(limit);
          unsubscribe();
          closing.delete(giveUp);
          resolve(payload);
        };
        const giveUp = () => settle(null);
        const limit = setTimeout(giveUp, timeoutMs);
        const unsubscribe = subscribe(channel, (payload) => {
          if (accept(payload)) settle(payload);
        });
        closing.add(giveUp);
      });
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      for (const giveUp of [...closing]) giveUp();
      await client?.end().catch(() => {});
    },
  };
}
