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
    const start = writer.length;
    writer.uint(2, 0);
    const type = putValue(writer, tlv);
    const length = writer.length - start - 2;
    checkHeader(tlv, type, length);
    writer.patch(start, [(type << 1) | (length >> 8), length & 0xff]);
  }
  if (lldpdu.rest) writer.put(lldpdu.rest);
  return writer.finish();
}

/** Type and value of one TLV as they stand on the wire. */
export function encodeTlv(tlv: Tlv): { type: number; value: Uint8Array } {
  const writer = new OctetWriter();
  const type = putValue(writer, tlv);
  checkHeader(tlv, type, writer.length);
  return { type, value: writer.finish() };
}

function checkHeader(tlv: Tlv, type: number, length: number): void {
  if (!Number.isInteger(type) || type < 0 || type > 127) {
    throw new FabricError('lldp_value_invalid', `${type} is no LLDP TLV type; give an integer from 0 to 127`);
  }
  if (length > MAX_VALUE) {
    throw new FabricError(
      'lldp_value_invalid',
      `the ${tlv.kind} TLV has ${length} octets; shorten it to ${MAX_VALUE}`,
      {
        context: { kind: tlv.kind, octets: length },
      },
    );
  }
}

/** Writes the value and returns the type. */
function putValue(writer: OctetWriter, tlv: Tlv): number {
  switch (tlv.kind) {
    case 'unknown':
    case 'malformed':
      writer.put(tlv.value);
      return tlv.type;
    case 'org-specific':
      putOrgHeader(writer, tlv.oui, tlv.subtype);
      writer.put(tlv.value);
      return ORG_SPECIFIC;
    default: {
      const place = placeOfKind.get(tlv.kind);
      if (!place) {
        const { kind } = tlv as Tlv;
        throw new FabricError('lldp_value_invalid', `there is no LLDP TLV of kind ${kind}; use one of the Tlv type`);
      }
      writer.put(place.header);
      if (tlv.raw) writer.put(tlv.raw);
      else place.layout.encode(writer, tlv);
      return place.type;
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
