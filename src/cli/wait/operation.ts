import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Client } from '../client/client.ts';
import { path } from '../client/path.ts';
import type { OperationOut } from '../client/wire.ts';

const ROUND_SECONDS = 30;

/** The operation when it has ended. Errors: `wait_failed`, `wait_timeout`, the client's. */
export async function waitOperation(client: Client, id: string, timeoutMs: number | undefined): Promise<OperationOut> {
  const limit = timeoutMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
  for (;;) {
    const wait = Math.max(0, Math.min(ROUND_SECONDS, (limit - Date.now()) / 1000));
    const operation = await client.get<OperationOut>(path`/fabric/v1/operations/${id}`, { wait });
    if (operation.state === 'succeeded') return operation;
    if (operation.state === 'failed') {
      throw new FabricError('wait_failed', `Operation ${id} failed: ${operation.error?.message ?? 'no reason given'}`, {
        context: { operation: id, code: operation.error?.code ?? null },
      });
    }
    if (Date.now() >= limit) {
      throw new FabricError(
        'wait_timeout',
        `Operation ${id} is still ${operation.state}. Wait longer with --timeout, or see \`switchyard operation show ${id}\`.`,
        { retryable: true, context: { operation: id } },
      );
    }
  }
}
