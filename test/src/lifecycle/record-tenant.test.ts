import { expect, test } from 'vitest';
import type { StepContext } from '../../../src/lifecycle/step.ts';
import { recordTenant } from '../../../src/lifecycle/steps/deploy.ts';

function onNode(tenant: string | undefined, lessee: string | null) {
  const saved: unknown[] = [];
  const context = {
    node: { uuid: 'u', name: 'n', lessee, driver_internal_info: { agent_url: 'x', ...(tenant ? { tenant } : {}) } },
    save: async (update: unknown) => {
      saved.push(update);
    },
  } as unknown as StepContext;
  return { context, saved };
}

test.each([undefined, 'blue'])(
  'the lessee is recorded on a node held by %s, and nothing else of it changes',
  async (held) => {
    const { context, saved } = onNode(held, 'blue');
    await recordTenant.run(context);
    expect(saved).toEqual([{ driver_internal_info: JSON.stringify({ agent_url: 'x', tenant: 'blue' }) }]);
  },
);

test('a lessee changed while the ramdisk booted does not get the disk of the last one uncleaned', async () => {
  const { context, saved } = onNode('blue', 'green');
  await expect(recordTenant.run(context)).rejects.toMatchObject({ code: 'node_not_cleaned' });
  expect(saved).toEqual([]);
});
