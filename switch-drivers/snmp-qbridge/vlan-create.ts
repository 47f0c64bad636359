import type { SnmpConnection } from '../transports/snmp/connection.ts';
import type { SetVarbind } from '../transports/snmp/errors.ts';
import { ACTIVE, CREATE_AND_GO, qBridge } from '../transports/snmp/mib.ts';
import { line, safeName } from '../transports/ssh-cli/guard.ts';
import { vlanId } from '../transports/ssh-cli/settings.ts';

/** The row of a VLAN that does not exist yet, with its name beside it. */
export function createVlan(vlan: number, name: string): [row: SetVarbind, name: SetVarbind] {
  const id = vlanId(vlan);
  return [
    {
      oid: `${qBridge.dot1qVlanStaticRowStatus}.${id}`,
      type: 'integer',
      value: CREATE_AND_GO,
      line: line`dot1qVlanStaticRowStatus.${id} = createAndGo`,
    },
    {
      oid: `${qBridge.dot1qVlanStaticName}.${id}`,
      type: 'octets',
      value: Buffer.from(safeName(name)),
      line: line`dot1qVlanStaticName.${id} = ${safeName(name)}`,
    },
  ];
}

/** What makes a VLAN that is there and out of service carry frames. */
export function activateVlan(vlan: number): SetVarbind {
  const id = vlanId(vlan);
  return {
    oid: `${qBridge.dot1qVlanStaticRowStatus}.${id}`,
    type: 'integer',
    value: ACTIVE,
    line: line`dot1qVlanStaticRowStatus.${id} = active`,
  };
}

/** dot1qVlanStaticRowStatus; null: there is no such VLAN. */
export async function rowStatus(connection: SnmpConnection, vlan: number): Promise<unknown> {
  const [status = null] = await connection.get([`${qBridge.dot1qVlanStaticRowStatus}.${vlanId(vlan)}`]);
  return status;
}
