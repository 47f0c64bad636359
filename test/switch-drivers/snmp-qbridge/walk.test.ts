import { expect, test } from 'vitest';
import { type GetBulk, walkColumns } from '../../../switch-drivers/transports/snmp/walk.ts';

const INTEGER = 2;
const COLUMN = '1.3.6.1.2.1.17';
const limits = { cells: 100, bulk: 10, until: Number.POSITIVE_INFINITY, timeFilter: false };

/** An agent whose n-th cell has the index that is given for it. */
const agent = (index: (n: number) => string): GetBulk => {
  let n = 0;
  return async (oids, repetitions) =>
    oids.map(() =>
      Array.from({ length: repetitions }, () => {
        n += 1;
        return { oid: `${COLUMN}.${index(n)}`, type: INTEGER, value: n };
      }),
    );
};
const walk = (getBulk: GetBulk, changes = {}) => walkColumns('bridge1', [COLUMN], getBulk, { ...limits, ...changes });

test('an agent that never ends, goes in circles or says nothing is left', async () => {
  await expect(walk(agent((n) => `${n}`))).rejects.toMatchObject({ code: 'switch_output_too_large' });
  await expect(
    walk(
      agent((n) => `${n}`),
      { until: 0 },
    ),
  ).rejects.toMatchObject({ code: 'switch_output_too_large' });
  await expect(walk(agent((n) => `${n % 7}`))).rejects.toMatchObject({ code: 'switch_output_invalid' });
  await expect(walk(agent(() => '9'))).rejects.toMatchObject({ code: 'switch_output_invalid' });
  await expect(walk(async () => [])).rejects.toMatchObject({ code: 'switch_output_invalid' });
});

test('a table under a TimeFilter ends where its rows come again', async () => {
  const [column] = await walk(
    agent((n) => `${Math.floor((n - 1) / 3)}.${((n - 1) % 3) + 1}`),
    { timeFilter: true },
  );
  expect([...(column ?? [])]).toEqual([
    ['0.1', 1],
    ['0.2', 2],
    ['0.3', 3],
  ]);
});
