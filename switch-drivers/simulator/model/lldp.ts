import { buildFrame, decode, encode, idText, parseFrame, type Tlv } from '../../../topology/lldp/index.ts';

/** What a switch remembers of the LLDP partner on a port. */
export interface SimNeighbor {
  chassisIdSubtype: number;
  chassisId: string;
  portIdSubtype: number;
  remotePortId: string;
  systemName: string | null;
  ttl: number;
}

export interface LldpSource {
  chassisMac: string;
  portId: string;
  /** 1 for the first port: makes the source address of the frame the port's own. */
  portNumber: number;
  portDescription: string | null;
  systemName: string;
  /** Untagged VLAN, told in the 802.1 Port VLAN ID TLV; 0 = none. */
  portVlan: number;
}

/** Chassis id = MAC address (subtype 4), port id = interface name (subtype 5): what EOS, NX-OS and Junos send. */
export function encodeLldp(source: LldpSource): Buffer {
  const tlvs: Tlv[] = [
    { kind: 'chassis-id', subtype: 4, id: Buffer.from(source.chassisMac.replaceAll(':', ''), 'hex') },
    { kind: 'port-id', subtype: 5, id: Buffer.from(source.portId) },
    { kind: 'ttl', seconds: 120 },
    ...(source.portDescription === null ? [] : [{ kind: 'port-description' as const, text: source.portDescription }]),
    { kind: 'system-name', text: source.systemName },
    { kind: 'dot1-port-vlan-id', vlan: source.portVlan },
    { kind: 'end' },
  ];
  return Buffer.from(buildFrame({ source: portMac(source.chassisMac, source.portNumber), payload: encode({ tlvs }) }));
}

/** The partner a frame tells of; null when it is no LLDP or lacks what IEEE 802.1AB 8.2 demands. */
export function neighborOf(frame: Buffer): SimNeighbor | null {
  const payload = parseFrame(frame)?.payload;
  if (!payload) return null;
  const { chassisId, portId, ttl, systemName } = decode(payload);
  if (chassisId === null || portId === null || ttl === null) return null;
  return {
    chassisIdSubtype: chassisId.subtype,
    chassisId: idText('chassis', chassisId.subtype, chassisId.id),
    portIdSubtype: portId.subtype,
    remotePortId: idText('port', portId.subtype, portId.id),
    systemName,
    ttl,
  };
}

/** A port's own address: that of the chassis counted on. */
export function portMac(chassisMac: string, portNumber: number): string {
  const value = (BigInt(`0x${chassisMac.replaceAll(':', '')}`) + BigInt(portNumber)) & 0xffffffffffffn;
  return value
    .toString(16)
    .padStart(12, '0')
    .replace(/(..)(?!$)/g, '$1:');
}
