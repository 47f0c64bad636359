import { expect, test } from 'vitest';
import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';

test('a FabricError is recognised by code', () => {
  const error = new FabricError('switch_unreachable', 'no answer', { retryable: true, context: { host: 'sw1' } });
  expect(isFabricError(error, 'switch_unreachable')).toBe(true);
  expect(isFabricError(error, 'node_locked')).toBe(false);
  expect(error.retryable).toBe(true);
});
