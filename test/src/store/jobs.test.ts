import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../src/log.ts';
import { recordEvent } from '../../../src/store/events.ts';
import { type JobHandler, startWorkers } from '../../../src/store/jobs/workers.ts';
import type { Store } from '../../../src/store/store.ts';
import { testStore } from '../../support/store.ts';

let store: Store;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

const unused: JobHandler = async () => {};
const start = (look: JobHandler, conductor = 'one') =>
  startWorkers(
    store,
    { switch: look, node: unused },
    { conductor, log: silentLog, concurrency: { switch: 4, node: 4 } },
  );

describe('jobs', () => {
  it('makes many requests for a switch one look', async () => {
    const looks: string[] = [];
    for (let i = 0; i < 10; i++) await store.enqueue(store.db, { kind: 'switch', id: 'many' });
    const workers = await start(async (id) => void looks.push(id));
    await vi.waitFor(() => expect(looks).toEqual(['many']), 5000);
    await workers.stop();
    expect(looks).toEqual(['many']);
  });

  it('looks again when asked during a look, and never twice at once', async () => {
    let running = 0;
    let most = 0;
    const looks: string[] = [];
    const workers = await start(async (id) => {
      running += 1;
      most = Math.max(most, running);
      looks.push(id);
      if (looks.length === 1) for (let i = 0; i < 3; i++) await store.enqueue(store.db, { kind: 'switch', id });
      await new Promise((resolve) => setTimeout(resolve, 100));
      running -= 1;
    });
    await store.enqueue(store.db, { kind: 'switch', id: 'again' });
    await vi.waitFor(() => expect(looks).toEqual(['again', 'again']), 5000);
    await workers.stop();
    expect(looks).toEqual(['again', 'again']);
    expect(most).toBe(1);
  });

  it('adds the job only when the transaction commits', async () => {
    const looks: string[] = [];
    const workers = await start(async (id) => void looks.push(id));
    await expect(
      store.db.transaction().execute(async (trx) => {
        await store.enqueue(trx, { kind: 'switch', id: 'undone' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await store.enqueue(store.db, { kind: 'switch', id: 'done' });
    await vi.waitFor(() => expect(looks).toContain('done'), 5000);
    await workers.stop();
    expect(looks).toEqual(['done']);
  });

  it('calls a handler that throws again, and does not lose a look asked for meanwhile', async () => {
    const failures: number[] = [];
    const workers = await start(async (_id, context) => {
      failures.push(context.failures);
      if (failures.length === 1) throw new Error('unreachable');
    });
    await store.enqueue(store.db, { kind: 'switch', id: 'failing' });
    await vi.waitFor(() => expect(failures).toEqual([0, 1]), 8000);
    await workers.stop();
  });

  it('does not let a later time delay a look that waits, nor a look at once disturb the later one', async () => {
    const looks: number[] = [];
    const from = Date.now();
    await store.enqueue(store.db, { kind: 'switch', id: 'timed', runAt: new Date(from + 1500) });
    await store.enqueue(store.db, { kind: 'switch', id: 'timed', runAt: new Date(from + 60_000) });
    await store.enqueue(store.db, { kind: 'switch', id: 'timed' });
    const workers = await start(async () => void looks.push(Date.now() - from));
    await vi.waitFor(() => expect(looks).toHaveLength(2), 8000);
    await workers.stop();
    expect(looks[1]).toBeGreaterThanOrEqual(1500);
  });

  it('takes over the job of a controller that died in the middle', async () => {
    await store.enqueue(store.db, { kind: 'switch', id: 'orphan' });
    // As a killed controller leaves it: job and queue locked by a pool whose heart has stopped.
    const { sql } = await import('kysely');
    await sql`insert into worker_pool (id, conductor, heartbeat_at) values ('pool-dead', 'two', now() - interval '7 seconds')`.execute(
      store.db,
    );
    await sql`update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() - interval '7 seconds', attempts = 1`.execute(
      store.db,
    );
    await sql`update graphile_worker._private_job_queues set locked_by = 'pool-dead', locked_at = now() where queue_name = 'switch:orphan'`.execute(
      store.db,
    );
    const looks: string[] = [];
    const workers = await start(async (id) => void looks.push(id));
    await vi.waitFor(() => expect(looks).toEqual(['orphan']), 10_000);
    await workers.stop();
    expect(await store.db.selectFrom('worker_pool').selectAll().execute()).toEqual([]);
  });

  it('leaves the job of a living controller alone, however long it takes', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first: string[] = [];
    const second: string[] = [];
    const one = await start(async (id) => {
      first.push(id);
      await held;
    });
    await store.enqueue(store.db, { kind: 'switch', id: 'long' });
    await vi.waitFor(() => expect(first).toEqual(['long']), 5000);
    const two = await start(async (id) => void second.push(id), 'two');
    await new Promise((resolve) => setTimeout(resolve, 9000));
    expect(second).toEqual([]);
    release();
    await one.stop();
    await two.stop();
  });
});

describe('notifications', () => {
  it('come to subscribers and waiters at commit', async () => {
    const heard: string[] = [];
    const stop = store.subscribe('switchyard_event', (id) => heard.push(id));
    const waiting = store.waitFor('switchyard_node', (id) => id === 'n2', 5000);
    const id = await store.db.transaction().execute(async (trx) => {
      const event = await recordEvent(trx, { kind: 'node.state', message: 'was', data: { a: 1 } });
      await store.notify(trx, 'switchyard_node', 'n1');
      await store.notify(trx, 'switchyard_node', 'n2');
      expect(heard).toEqual([]);
      return event;
    });
    expect(await waiting).toBe('n2');
    await vi.waitFor(() => expect(heard).toEqual([id]));
    stop();
    expect(await store.waitFor('switchyard_node', () => true, 20)).toBeNull();
  });

  it('come again after the connection was lost', async () => {
    const { sql } = await import('kysely');
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`.execute(store.db);
    await vi.waitFor(
      async () => {
        const waiting = store.waitFor('switchyard_node', (id) => id === 'again', 300);
        await store.notify(store.db, 'switchyard_node', 'again');
        expect(await waiting).toBe('again');
      },
      { timeout: 8000 },
    );
  });
});
