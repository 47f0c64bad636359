import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { SnmpConnection } from '../transports/snmp/connection.ts';
import type { SetVarbind } from '../transports/snmp/errors.ts';
import { ACTIVE, qBridge } from '../transports/snmp/mib.ts';
import { hasPort, padded, withPort } from '../transports/snmp/port-list.ts';
import { octetsOf } from '../transports/snmp/values.ts';
import { type BitStep, bitLine, type Step } from './steps.ts';
import { activateVlan, createVlan, rowStatus } from './vlan-create.ts';

/** A request without an answer is sent once more, when it was seen that it had no effect. */
const TRIES = 2;

/** Does a step, unless it is done already. */
export function sendStep(connection: SnmpConnection, step: Step, listLength: number): Promise<void> {
  return untilDone(connection, () =>
    step.kind === 'value' ? missingValue(connection, step.varbind) : missingBits(connection, step.bits, listLength),
  );
}

/** Agents that refuse a name together with its row get the row alone: the name is for people. */
export async function sendVlan(connection: SnmpConnection, vlan: number, name: string): Promise<void> {
  const [row, label] = createVlan(vlan, name);
  const missing = async (varbinds: SetVarbind[]): Promise<SetVarbind[]> => {
    const status = await rowStatus(connection, vlan);
    if (status === ACTIVE) return [];
    return status === null ? varbinds : [activateVlan(vlan)];
  };
  try {
    await untilDone(connection, () => missing([row, label]));
  } catch (error) {
    if (!isFabricError(error, 'switch_rejected')) throw error;
    await untilDone(connection, () => missing([row]));
  }
}

/**
 * `missing` looks what is still to be set, right before it is set: the list of a VLAN holds the bits of all ports, and is
 * written whole. A request that was lost is therefore never repeated as it was.
 */
async function untilDone(connection: SnmpConnection, missing: () => Promise<SetVarbind[]>): Promise<void> {
  let lost: unknown;
  for (let tries = 0; ; tries += 1) {
    const varbinds = await missing();
    if (varbinds.length === 0) return;
    if (tries === TRIES) throw lost;
    try {
      await connection.set(varbinds);
      return;
    } catch (error) {
      if (!isFabricError(error, 'switch_timeout')) throw error;
      lost = error;
    }
  }
}

async function missingValue(connection: SnmpConnection, varbind: SetVarbind): Promise<SetVarbind[]> {
  const [value] = await connection.get([varbind.oid]);
  return value === varbind.value ? [] : [varbind];
}

async function missingBits(
  connection: SnmpConnection,
  bits: readonly BitStep[],
  listLength: number,
): Promise<SetVarbind[]> {
  const oids = bits.map(({ list, vlan }) => `${qBridge[list]}.${vlan}`);
  const lists = await connection.get(oids);
  return bits.flatMap((bit, at) => {
    const oid = oids[at] ?? '';
    const list = octetsOf(lists[at]);
    if (list === null) throw vlanGone(connection.name, bit);
    if (hasPort(list, bit.bridgePort) === bit.member) return [];
    return [
      {
        oid,
        type: 'octets',
        value: padded(withPort(list, bit.bridgePort, bit.member), listLength),
        line: bitLine(bit),
      },
    ];
  });
}

function vlanGone(name: string, bit: BitStep): FabricError {
  return new FabricError('switch_rejected', `switch ${name} has no VLAN ${bit.vlan} any more`, {
    context: { switch: name, line: bitLine(bit), device: 'noSuchInstance' },
  });
}
