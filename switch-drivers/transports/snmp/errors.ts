import netSnmp from 'net-snmp';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';

/** One object of a change, and how it is told to people. */
export interface SetVarbind {
  oid: string;
  type: 'integer' | 'unsigned' | 'octets';
  value: number | Buffer;
  line: string;
}

/** What net-snmp throws, in the terms every switch driver uses. `asked`: what was sent, in words. */
export function asSwitchError(
  name: string,
  error: unknown,
  asked: string,
  sent: readonly SetVarbind[] = [],
): FabricError {
  if (isFabricError(error)) return error;
  const context = { switch: name, line: asked };
  if (error instanceof netSnmp.RequestTimedOutError) {
    return new FabricError('switch_timeout', `switch ${name} did not answer ${asked}`, { retryable: true, context });
  }
  if (error instanceof netSnmp.RequestFailedError) return refused(name, error, asked, sent);
  if (error instanceof netSnmp.ResponseInvalidError) {
    const { EAuthFailure, ECouldNotDecrypt, ENotInTimeWindow } = netSnmp.ResponseInvalidCode;
    if (error.code === EAuthFailure || error.code === ECouldNotDecrypt) return notAuthentic(name, error);
    return invalid(name, `answered ${asked} with what is no answer to it: ${error.message}`, {
      retryable: error.code === ENotInTimeWindow,
      cause: error,
    });
  }
  if (isSystemError(error)) return unreachable(name, messageOf(error), error);
  return invalid(name, `answered ${asked} with what is no SNMP`, { cause: error });
}

function refused(
  name: string,
  error: InstanceType<typeof netSnmp.RequestFailedError>,
  asked: string,
  sent: readonly SetVarbind[],
): FabricError {
  // Its message is the status, and the object when the agent names one.
  const [status = '', oid = null] = error.message.split(': ');
  const device = status.charAt(0).toLowerCase() + status.slice(1);
  const line = sent.find((varbind) => varbind.oid === oid)?.line ?? asked;
  return new FabricError('switch_rejected', `switch ${name} refused ${line}: ${device} (${error.status})`, {
    context: { switch: name, line, device, oid, status: error.status },
    cause: error,
  });
}

export function unreachable(name: string, reason: string, cause?: unknown): FabricError {
  return new FabricError('switch_unreachable', `switch ${name} cannot be reached over SNMP: ${reason}`, {
    retryable: true,
    context: { switch: name },
    cause,
  });
}

export function notAuthentic(name: string, cause: unknown): FabricError {
  return new FabricError(
    'switch_auth_failed',
    `switch ${name} is there and does not take this SNMPv3 user (${messageOf(cause)}); check user, protocols and keys`,
    { context: { switch: name }, cause },
  );
}

export function invalid(name: string, what: string, more: { retryable?: boolean; cause?: unknown } = {}): FabricError {
  return new FabricError('switch_output_invalid', `switch ${name} ${what}`, { context: { switch: name }, ...more });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
