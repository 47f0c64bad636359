import { idText } from '../../../topology/lldp/id-text.ts';
import type { SnmpConnection } from '../../transports/snmp/connection.ts';
import { lldp } from '../../transports/snmp/mib.ts';
import { type Column, integerOf, octetsOf, textOf } from '../../transports/snmp/values.ts';
import type { BridgePort } from '../model.ts';

type Named = Pick<BridgePort, 'portId' | 'bridgePort' | 'ifIndex' | 'aliases'>;

/** Which port each lldpLocPortNum is, by name. */
export async function localPorts(connection: SnmpConnection, ports: readonly Named[]): Promise<Map<number, string>> {
  const [subtypes, ids, descriptions] = (await connection.walk([
    lldp.lldpLocPortIdSubtype,
    lldp.lldpLocPortId,
    lldp.lldpLocPortDesc,
  ])) as [Column, Column, Column];
  const found = new Map<number, string>();
  for (const index of new Set([...ids.keys(), ...ports.flatMap((port) => [`${port.bridgePort}`, `${port.ifIndex}`])])) {
    const id = octetsOf(ids.get(index));
    const texts = [
      id === null ? null : idText('port', integerOf(subtypes.get(index)) ?? 0, id),
      textOf(descriptions.get(index)),
    ];
    const port = localPort(Number(index), texts, ports);
    if (port !== null) found.set(Number(index), port);
  }
  return found;
}

/**
 * By what the switch calls the port in LLDP. Only where that says nothing by the number, which is dot1dBasePort on a bridge
 * (IEEE 802.1AB, LldpPortNumber) and ifIndex on many: not told where the two are different ports, since a link on the wrong
 * port is worse than none.
 */
export function localPort(number: number, texts: ReadonlyArray<string | null>, ports: readonly Named[]): string | null {
  for (const text of texts) {
    const named = text === null ? [] : ports.filter(({ portId, aliases }) => portId === text || aliases.includes(text));
    if (named.length === 1) return named[0]?.portId ?? null;
  }
  const numbered = ports.filter(({ bridgePort, ifIndex }) => bridgePort === number || ifIndex === number);
  return numbered.length === 1 ? (numbered[0]?.portId ?? null) : null;
}
