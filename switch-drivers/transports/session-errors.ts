import { FabricError } from '../../topology/error/fabric-error.ts';
import type { PortState } from '../../topology/plan/model.ts';

/** What every session refuses in the same words, whatever its protocol. */
export function portUnknown(name: string, portId: string): FabricError {
  return new FabricError(
    'switch_port_unknown',
    `switch ${name} has no port ${JSON.stringify(portId.slice(0, 80))}; its own list is in describe()`,
    { context: { switch: name, portId: portId.slice(0, 80) } },
  );
}

/** The port, unless it is foreign: such a port is never written. */
export function writable(name: string, port: PortState): PortState {
  const { portId, foreign } = port;
  if (!foreign) return port;
  throw new FabricError(
    'switch_unsupported',
    `port ${portId} of switch ${name} is not written: ${foreign}. Clear that on the switch first, or leave the port unmanaged`,
    { context: { switch: name, portId, foreign } },
  );
}

export function notSaved(name: string, error: FabricError): FabricError {
  return new FabricError(
    'switch_save_failed',
    `${error.message}. The change is in force but would not survive a reboot`,
    { retryable: true, context: { ...error.context, switch: name }, cause: error },
  );
}
