import { describe, expect, test } from 'vitest';
import { sessionLost } from '../../../switch-drivers/transports/netconf/errors.ts';
import { getConfig } from '../../../switch-drivers/transports/netconf/operations.ts';
import type { NetconfSession } from '../../../switch-drivers/transports/netconf/session.ts';
import { runTransaction, type TransactionRequest } from '../../../switch-drivers/transports/netconf/transaction.ts';
import { FabricError, isFabricError } from '../../../topology/error/fabric-error.ts';
import {
  CANDIDATE,
  CONFIRMED_1_0,
  CONFIRMED_1_1,
  type MemoryRig,
  memoryRig,
  port,
  ports,
  RUNNING,
  RUNNING_BARE,
  rejection,
  text,
} from './rig.ts';

const OLD = text([ports(port('e1', 10), port('e2', 10))]);
const NEW = text([ports(port('e1', 20), port('e2', 20))]);
const CONFIRM_SECONDS = 2;

const request = (rig: MemoryRig, more: Partial<TransactionRequest> = {}): TransactionRequest => ({
  edit: async () => ({
    config: [ports(port('e1', 20), port('e2', 20))],
    undo: [ports(port('e1', 10), port('e2', 10))],
  }),
  confirmWithinSeconds: CONFIRM_SECONDS,
  readBack: async (session) => {
    if (text(await getConfig(session, 'running')) !== NEW) throw new FabricError('switch_not_applied', 'VLANs differ');
  },
  reconnect: () => rig.open(),
  ...more,
});

const MODES = [
  { mode: 'confirmed commit 1.1', capabilities: CONFIRMED_1_1 },
  { mode: 'confirmed commit 1.0', capabilities: CONFIRMED_1_0 },
  { mode: 'candidate only', capabilities: CANDIDATE },
  { mode: 'writable running, rollback-on-error', capabilities: RUNNING },
  { mode: 'writable running only', capabilities: RUNNING_BARE },
];

/** Runs a transaction; afterwards running is what the outcome says, nothing is locked and nothing is pending. */
async function check(rig: MemoryRig, session: NetconfSession, asked: TransactionRequest): Promise<unknown> {
  const { device } = rig;
  const error = await runTransaction(session, asked).then(
    () => null,
    (reason: unknown) => reason,
  );
  const isNow = () => text(device.read('running'));
  const undone = isFabricError(error) ? error.context.undone : undefined;
  if (error !== null) expect(error).toMatchObject({ context: { step: expect.any(String), undone: expect.anything() } });
  const settled = undone === undefined ? [NEW] : undone === false ? [OLD, NEW] : [OLD];
  const wait = undone === 'by-timer' ? { timeout: CONFIRM_SECONDS * 1000 + 15_000 } : { timeout: 5000 };
  if (undone === 'by-timer') await expect.poll(isNow, wait).toBe(OLD);
  else expect(settled).toContain(isNow());
  if (undone !== false) expect(device.confirmed.pending).toBe(false);
  await session.close();
  await expect.poll(() => device.read('candidate') === device.read('running'), wait).toBe(true);
  const next = await rig.open();
  device.faults.drop = null;
  if (undone === undefined || undone === true) await runTransaction(next, request(rig));
  await next.close();
  return undone ?? 'in force';
}

describe.each(MODES)('$mode', ({ capabilities }) => {
  test('changes running as a whole', async () => {
    const rig = memoryRig({ capabilities });
    expect(await check(rig, await rig.open(), request(rig))).toBe('in force');
  });

  test('cut at each step, before and after it: old or new, and the error says which', async () => {
    const cases = Array.from({ length: 10 }, (_, index) => index + 1).flatMap((rpc) =>
      (['before', 'after'] as const).flatMap((when) => [true, false].map((again) => ({ rpc, when, again }))),
    );
    const outcomes = await Promise.all(
      cases.map(async ({ rpc, when, again }) => {
        const rig = memoryRig({ capabilities });
        const session = await rig.open();
        rig.device.faults.drop = { rpc, when };
        const reconnect = again ? () => rig.open() : () => Promise.reject(sessionLost('leaf1', 'still gone'));
        return [again, await check(rig, session, request(rig, { reconnect }))] as const;
      }),
    );
    // Who can reach the device again knows what became of the change.
    expect(outcomes).not.toContainEqual([true, false]);
    expect(outcomes).toContainEqual([true, true]);
    expect(outcomes).toContainEqual([true, 'in force']);
  });

  test.each(['lock', 'discard-changes', 'edit-config', 'validate', 'commit'])('%s refused', async (operation) => {
    const rig = memoryRig({ capabilities });
    rig.device.simulated.faults.reject = { line: new RegExp(`^${operation}$`), text: 'not today' };
    const session = await rig.open();
    const isUsed = (await rejectionOrNull(rig, session)) !== null;
    expect(text(rig.device.read('running'))).toBe(isUsed ? OLD : NEW);
    await session.close();
  });

  test('a device that takes the edit and does nothing is found out', async () => {
    const rig = memoryRig({ capabilities });
    rig.device.simulated.faults.ignore = /^edit-config$/;
    const session = await rig.open();
    const error = await rejection(runTransaction(session, request(rig)));
    expect(error).toMatchObject({ code: 'switch_not_applied', context: { step: 'read-back' } });
    expect(text(rig.device.read('running'))).toBe(OLD);
    expect((error as FabricError).context.undone).toBe(true);
    await session.close();
  });

  test('a read-back that fails in any way takes the change back', async () => {
    const rig = memoryRig({ capabilities });
    const session = await rig.open();
    const readBack = () => Promise.reject(new TypeError('a mistake in the reader'));
    const error = await rejection(runTransaction(session, request(rig, { readBack })));
    expect(error).toMatchObject({
      code: 'switch_not_applied',
      message: expect.stringContaining('a mistake in the reader'),
    });
    await expect.poll(() => text(rig.device.read('running')), { timeout: 20_000 }).toBe(OLD);
    await session.close();
  });
});

async function rejectionOrNull(rig: MemoryRig, session: NetconfSession): Promise<unknown> {
  return runTransaction(session, request(rig)).then(
    () => null,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'switch_rejected', context: { device: 'not today (operation-failed)' } });
      return error;
    },
  );
}

test('without undo a device that cannot go back keeps the change, and the error says so', async () => {
  const rig = memoryRig({ capabilities: RUNNING });
  const session = await rig.open();
  const readBack = () => Promise.reject(new FabricError('switch_not_applied', 'no link'));
  const edit = async () => ({ config: [ports(port('e1', 20), port('e2', 20))] });
  const error = await rejection(runTransaction(session, request(rig, { readBack, edit })));
  expect(error).toMatchObject({ code: 'switch_not_applied', context: { undone: false, step: 'read-back' } });
  expect(text(rig.device.read('running'))).toBe(NEW);
  await session.close();
});

test('a lock held elsewhere is told, and nothing is touched', async () => {
  const rig = memoryRig();
  rig.device.simulated.faults.lockHeld = '17';
  const session = await rig.open();
  expect(await rejection(runTransaction(session, request(rig)))).toMatchObject({
    code: 'switch_locked',
    retryable: true,
    context: { holder: '17', step: 'lock', undone: true },
  });
  expect(rig.device.transcript).toHaveLength(1);
  await session.close();
});

test('a device that can neither', async () => {
  const rig = memoryRig({ capabilities: [] });
  const session = await rig.open();
  await expect(runTransaction(session, request(rig))).rejects.toMatchObject({ code: 'switch_unsupported' });
  await session.close();
});
