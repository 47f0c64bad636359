import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import { guardLine, type PortWrite, updateLine } from './transaction.ts';

/** Codes of the OVSDB client, in the terms every switch driver uses. */
const CODES: Readonly<Record<string, string>> = {
  ovsdb_bad_remote: 'switch_options_invalid',
  ovsdb_tls_config: 'switch_options_invalid',
  ovsdb_tls_untrusted: 'switch_certificate_untrusted',
  ovsdb_unreachable: 'switch_unreachable',
  ovsdb_closed: 'switch_session_lost',
  ovsdb_timeout: 'switch_timeout',
  ovsdb_malformed: 'switch_output_invalid',
  ovsdb_too_large: 'switch_output_too_large',
  ovsdb_rpc_error: 'switch_rejected',
  ovsdb_operation_error: 'switch_rejected',
  ovsdb_commit_error: 'switch_rejected',
};

/** First operations of every apply, before the guards and the updates. */
const HEAD = 3;

/** Runs `work`; what the OVSDB client throws becomes the error a caller of any driver expects. */
export async function asSwitchErrors<T>(work: () => Promise<T>, writes: readonly PortWrite[] = []): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFabricError(error)) throw error;
    const code = CODES[error.code];
    if (code === undefined) throw error;
    throw code === 'switch_rejected'
      ? rejected(error, writes)
      : new FabricError(code, error.message, { retryable: error.retryable, context: error.context, cause: error });
  }
}

function rejected(error: FabricError, writes: readonly PortWrite[]): FabricError {
  const { error: word, details, index, op } = error.context;
  const device = [word, details].filter((text) => typeof text === 'string').join(': ');
  const at = typeof index === 'number' ? index - HEAD : -1;
  const guarded = writes[at];
  if (op === 'wait' && word === 'timed out' && guarded !== undefined) {
    return new FabricError(
      'switch_changed',
      `Port ${guarded.port.name} no longer holds what the plan was made from; nothing was changed. Read the switch and plan again.`,
      {
        retryable: true,
        context: { portId: guarded.port.name, line: guardLine(guarded), device, undone: true },
        cause: error,
      },
    );
  }
  const updated = writes[at - writes.length];
  const line = guarded !== undefined ? guardLine(guarded) : updated !== undefined ? updateLine(updated) : null;
  return new FabricError('switch_rejected', error.message, {
    retryable: error.retryable,
    context: { line, device, undone: true },
    cause: error,
  });
}
