import type { InspectionData } from './continue-inspection.ts';

/** What one NIC heard, undecoded: IEEE 802.1AB TLVs. */
export interface InterfaceLldp {
  interface: string;
  macAddress: string;
  /** [type, value in hex], as the agent sent it. */
  tlvs: [number, string][];
  /** The LLDPDU put together again (8.2: type in 7 bits, length in 9), with its End TLV. */
  lldpdu: Buffer;
}

/**
 * Raw LLDP per NIC from `lldp_raw` (collector `lldp`) or `interfaces[].lldp` (ipa-collect-lldp). NICs that heard nothing
 * are not in it. TLVs whose hex is broken are left out: they may be a vendor's, the link rests on the others.
 */
export function interfaceLldp(data: Pick<InspectionData, 'inventory' | 'lldpRaw'>): InterfaceLldp[] {
  const heard: InterfaceLldp[] = [];
  for (const nic of data.inventory.interfaces) {
    const raw = Object.hasOwn(data.lldpRaw, nic.name) ? data.lldpRaw[nic.name] : nic.lldp;
    const tlvs = (raw ?? []).filter(([type, hex]) => type !== 0 && /^([0-9a-f]{2}){0,511}$/i.test(hex));
    if (tlvs.length === 0 || !nic.mac_address) continue;
    heard.push({ interface: nic.name, macAddress: nic.mac_address, tlvs, lldpdu: assemble(tlvs) });
  }
  return heard;
}

function assemble(tlvs: [number, string][]): Buffer {
  const parts = tlvs.flatMap(([type, hex]) => {
    const value = Buffer.from(hex, 'hex');
    const header = Buffer.alloc(2);
    header.writeUInt16BE((type << 9) | value.length);
    return [header, value];
  });
  return Buffer.concat([...parts, Buffer.alloc(2)]);
}
