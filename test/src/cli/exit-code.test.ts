import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-code.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';

test.each([
  ['tftp_listen_failed', {}, 69],
  ['api_unreachable', {}, 69],
  ['program_missing', {}, 69],
  ['config_invalid', {}, 78],
  ['api_auth_required', {}, 78],
  ['usage_number', {}, 2],
  ['wait_timeout', {}, 124],
  ['node_locked', { status: 409 }, 4],
  ['node_not_found', { status: 404 }, 3],
  ['anything', { status: 401 }, 5],
  ['anything', { status: 500 }, 1],
  ['demo_failed', {}, 1],
])('%s with %j ends the program with %i', (code, context, status) => {
  expect(exitCodeOf(new FabricError(code, 'why', { context }))).toBe(status);
});

test('what is no error of ours is a fault of ours', () => {
  expect(exitCodeOf(new TypeError('x is undefined'))).toBe(70);
});
