import { idText } from '../../../topology/lldp/id-text.ts';
import { macOf } from '../../../topology/lldp/octets.ts';
import type { SwitchDescription } from '../../contract/driver.ts';
import type { SnmpConnection } from '../../transports/snmp/connection.ts';
import { bridge, entity, lldp, system } from '../../transports/snmp/mib.ts';
import { type Column, integerOf, octetsOf, textOf } from '../../transports/snmp/values.ts';

/** entPhysicalClass of the box itself. */
const CHASSIS = 3;

export async function readDescription(
  connection: SnmpConnection,
): Promise<Omit<SwitchDescription, 'platform' | 'ports'>> {
  const [name, descr, subtype, chassisId, address] = await connection.get([
    system.sysName,
    system.sysDescr,
    lldp.lldpLocChassisIdSubtype,
    lldp.lldpLocChassisId,
    bridge.dot1dBaseBridgeAddress,
  ]);
  const [classes, revisions, models] = (await connection.walk([
    entity.entPhysicalClass,
    entity.entPhysicalSoftwareRev,
    entity.entPhysicalModelName,
  ])) as [Column, Column, Column];
  const chassis = [...classes].find(([, value]) => value === CHASSIS)?.[0] ?? '';
  const [id, mac] = [octetsOf(chassisId), octetsOf(address)];
  const chassisIds = [
    id === null || id.length === 0 ? null : idText('chassis', integerOf(subtype) ?? 0, id),
    mac?.length === 6 ? macOf(mac) : null,
  ];
  return {
    model: textOf(models.get(chassis)) ?? firstLine(textOf(descr)),
    version: textOf(revisions.get(chassis)),
    hostname: textOf(name),
    chassisIds: [...new Set(chassisIds)].filter((text): text is string => text !== null),
  };
}

function firstLine(text: string | null): string | null {
  return text?.split(/[\r\n]/)[0]?.slice(0, 120) ?? null;
}
