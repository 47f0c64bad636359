import { FabricError } from '../error/fabric-error.ts';
import { bytesOfHex, OctetWriter } from './octets.ts';
import { ORG_SPECIFIC, placeOfKind, type Tlv } from './tlv/tlv.ts';

/** IEEE 802.1AB-2016 8.4.2: the length field has 9 bits. */
const MAX_VALUE = 511;

/**
 * Encodes an LLDPDU, TLVs in the given order; nothing is added, so give the End TLV too. Takes what decode() returns.
 * Throws `lldp_value_invalid` when a field does not fit its place.
 */
export function encode(lldpdu: { tlvs: readonly Tlv[]; rest?: Uint8Array }): Uint8Array {
  const writer = new OctetWriter();
  for (const tlv of lldpdu.tlvs) {
    const { type, value } = encodeTlv(tlv);
    writer.uint(2, (type << 9) | value.length);
    writer.put(value);
  }
  if (lldpdu.rest) writer.put(lldpdu.rest);
  return writer.finish();
}

/** Type and value of one TLV as they stand on the wire. */
export function encodeTlv(tlv: Tlv): { type: number; value: Uint8Array } {
  const { type, value } = typeAndValue(tlv);
  if (!Number.isInteger(type) || type < 0 || type > 127) {
    throw new FabricError('lldp_value_invalid', `${type} is no LLDP TLV type; give an integer from 0 to 127`);
  }
  if (value.length > MAX_VALUE) {
    throw new FabricError(
      'lldp_value_invalid',
      `the ${tlv.kind} TLV has ${value.length} octets; shorten it to ${MAX_VALUE}`,
      { context: { kind: tlv.kind, octets: value.length } },
    );
  }
  return { type, value };
}

function typeAndValue(tlv: Tlv): { type: number; value: Uint8Array } {
  switch (tlv.kind) {
    case 'unknown':
    case 'malformed':
      return { type: tlv.type, value: tlv.value };
    case 'org-specific': {
      const writer = new OctetWriter();
      putOrgHeader(writer, tlv.oui, tlv.subtype);
      writer.put(tlv.value);
      return { type: ORG_SPECIFIC, value: writer.finish() };
    }
    default: {
      const place = placeOfKind.get(tlv.kind);
      if (!place) {
        const { kind } = tlv as Tlv;
        throw new FabricError('lldp_value_invalid', `there is no LLDP TLV of kind ${kind}; use one of the Tlv type`);
      }
      const writer = new OctetWriter();
      if (place.oui !== null) putOrgHeader(writer, place.oui, place.layout.code);
      if (tlv.raw) writer.put(tlv.raw);
      else place.layout.encode(writer, tlv);
      return { type: place.type, value: writer.finish() };
    }
  }
}

function putOrgHeader(writer: OctetWriter, oui: string, subtype: number): void {
  const octets = /^[0-9a-fA-F]{2}(-[0-9a-fA-F]{2}){2}$/.test(oui) ? bytesOfHex(oui.replaceAll('-', '')) : null;
  if (octets === null) {
    throw new FabricError('lldp_value_invalid', `"${oui}" is no organisation identifier; write it as 00-80-c2`);
  }
  writer.put(octets);
  writer.uint(1, subtype);
}
