import { expect, test } from 'vitest';
import { withGrace } from '../../src/grace.ts';

const stopped = new Error('the controller stops');

test('work that ends is what it is, whether it is stopped or not', async () => {
  const stop = new AbortController();
  expect(await withGrace(Promise.resolve(1), stop.signal, 0)).toBe(1);
  await expect(withGrace(Promise.reject(new Error('its own')), stop.signal, 0)).rejects.toThrow('its own');
  stop.abort(stopped);
  expect(await withGrace(Promise.resolve(2), stop.signal, 60_000)).toBe(2);
});

test('work that ends within the grace is waited for', async () => {
  const stop = new AbortController();
  const work = Promise.withResolvers<string>();
  const waiting = withGrace(work.promise, stop.signal, 60_000);
  stop.abort(stopped);
  work.resolve('done');
  expect(await waiting).toBe('done');
});

test('work that does not end is left to itself, and what becomes of it later disturbs nobody', async () => {
  const stop = new AbortController();
  const work = Promise.withResolvers<string>();
  const waiting = withGrace(work.promise, stop.signal, 10);
  stop.abort(stopped);
  await expect(waiting).rejects.toBe(stopped);
  work.reject(new Error('nobody hears this'));
  await new Promise((resolve) => setImmediate(resolve));
});
