/**
 * The one error type of the project. Callers switch on `code`, never on the message.
 *
 * `code` is `layer_reason` in snake case, e.g. `switch_unreachable`. `message` names what was wrong and, where there is
 * one, the next step to take. `context` holds the facts (never a secret). `retryable` says whether the same call may
 * succeed later without anybody changing anything.
 */
export class FabricError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; context?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FabricError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.context = options.context ?? {};
  }
}

/** True when `error` is a FabricError, optionally with one of `codes`. */
export function isFabricError(error: unknown, ...codes: string[]): error is FabricError {
  return error instanceof FabricError && (codes.length === 0 || codes.includes(error.code));
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
