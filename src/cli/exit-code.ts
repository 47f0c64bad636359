import { CommanderError } from 'commander';
import { isFabricError } from '../../topology/error/fabric-error.ts';

/** What the program's exit status says. Those above 63 are named as in sysexits.h, 124 as in timeout(1). */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  notAllowed: 5,
  unavailable: 69,
  internal: 70,
  config: 78,
  timeout: 124,
} as const;

export const EXIT_CODES_HELP = `
Exit codes:
    0  done
    1  it was tried and failed (a node ended in a failed state, an operation was rolled back)
    2  the command line is wrong
    3  there is no such thing (node, switch, network, file ...)
    4  refused as things are (wrong state, in use, conflicting)
    5  user name or password missing or wrong
   69  something needed is not there (no controller answers, a program, the database, a port in use)
   70  a fault in Switchyard itself
   78  the configuration is wrong
  124  the time given with --timeout ran out`;

/** Exit code of an error by its kind. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (!isFabricError(error)) return EXIT.internal;
  const { code, context } = error;
  if (/^(config_|secret_key_|api_auth_required|api_auth_invalid)/.test(code)) return EXIT.config;
  if (code.startsWith('usage_')) return EXIT.usage;
  if (code === 'wait_timeout') return EXIT.timeout;
  if (code === 'wait_failed') return EXIT.failed;
  const status = context.status;
  if (status === 401 || status === 403) return EXIT.notAllowed;
  if (status === 404 || code.endsWith('_not_found')) return EXIT.notFound;
  if (typeof status === 'number') return status < 500 ? EXIT.refused : EXIT.failed;
  if (/^(api|store)_|_(missing|unreachable|unavailable|listen_failed)$/.test(code)) return EXIT.unavailable;
  return EXIT.failed;
}
