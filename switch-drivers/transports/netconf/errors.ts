import { FabricError } from '../../../topology/error/fabric-error.ts';

/** The device sent what is no NETCONF; the session ends, because the place in its stream is lost. */
export function malformed(what: string, cause?: unknown): FabricError {
  return new FabricError(
    'netconf_malformed',
    `the device sent something else than NETCONF: ${what}. Check that the port is the device's NETCONF port`,
    { cause },
  );
}

export function tooLarge(what: string): FabricError {
  return new FabricError('netconf_too_large', `the device sent too much: ${what}`);
}

export function sessionLost(name: string, reason: string): FabricError {
  return new FabricError('switch_session_lost', `NETCONF session to switch ${name} is gone: ${reason}`, {
    retryable: true,
    context: { switch: name },
  });
}

export function timedOut(name: string, operation: string, timeoutMs: number): FabricError {
  return new FabricError(
    'switch_timeout',
    `switch ${name} did not answer ${operation} within ${timeoutMs} ms; the session is closed, whether it was carried out is not known`,
    { retryable: true, context: { switch: name, line: operation, timeoutMs } },
  );
}

export function unsupported(name: string, what: string, capability: string): FabricError {
  return new FabricError('switch_unsupported', `switch ${name} cannot ${what}: it lacks the capability ${capability}`, {
    context: { switch: name, capability },
  });
}
