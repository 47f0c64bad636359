import type { CapturedFrame } from './capture/model.ts';
import { decode, type Lldpdu } from './decode.ts';
import { type LldpFrame, parseFrame } from './ethernet.ts';
import { addressText, idText, printable } from './id-text.ts';
import {
  capabilityNames,
  chassisSubtypeName,
  interfaceSubtypeName,
  medApplicationName,
  medDeviceTypeName,
  portSubtypeName,
} from './names.ts';
import { hexOf } from './octets.ts';
import type { Tlv } from './tlv/tlv.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Linux cooked captures put the ethertype at another place (draft-ietf-opsawg-pcaplinktype: 113 and 276). */
const cooked: Record<number, { header: number; ethertype: number }> = {
  113: { header: 16, ethertype: 14 },
  276: { header: 20, ethertype: 0 },
};

/** The LLDPDU in a captured frame, or null when it carries none. */
export function lldpOf(frame: CapturedFrame): (Partial<LldpFrame> & Pick<LldpFrame, 'payload'>) | null {
  if (frame.linkType === 1) return parseFrame(frame.bytes) ?? bareLldpdu(frame.bytes);
  const place = cooked[frame.linkType];
  if (!place || frame.bytes.length < place.header) return null;
  const { bytes } = frame;
  const isLldp = bytes[place.ethertype] === 0x88 && bytes[place.ethertype + 1] === 0xcc;
  return isLldp ? { payload: bytes.subarray(place.header) } : null;
}

/** Hex text is often the LLDPDU alone: it begins with a chassis id TLV and decodes without an error. */
function bareLldpdu(bytes: Uint8Array): Pick<LldpFrame, 'payload'> | null {
  return bytes[0] === 0x02 && decode(bytes).errors.length === 0 ? { payload: bytes } : null;
}

/** One captured frame as plain JSON, for `switchyard lldp decode`; null when it carries no LLDP. */
export function describeFrame(frame: CapturedFrame): { [key: string]: Json } | null {
  const lldp = lldpOf(frame);
  if (!lldp) return null;
  return {
    time: frame.timeMs === null || !Number.isFinite(frame.timeMs) ? null : isoTime(frame.timeMs),
    source: lldp.source ?? null,
    destination: lldp.destination ?? null,
    vlans: lldp.vlans ?? [],
    ...describeLldpdu(decode(lldp.payload)),
  };
}

/** An LLDPDU as plain JSON: the ids in readable form, every TLV, and every error. */
export function describeLldpdu(lldpdu: Lldpdu): { [key: string]: Json } {
  const { chassisId, portId } = lldpdu;
  return {
    chassis_id: chassisId && {
      subtype: chassisSubtypeName(chassisId.subtype),
      value: idText('chassis', chassisId.subtype, chassisId.id),
    },
    port_id: portId && { subtype: portSubtypeName(portId.subtype), value: idText('port', portId.subtype, portId.id) },
    ttl: lldpdu.ttl,
    port_description: lldpdu.portDescription,
    system_name: lldpdu.systemName,
    system_description: lldpdu.systemDescription,
    tlvs: lldpdu.tlvs.map(describeTlv),
    errors: lldpdu.errors.map(({ offset, tlvType, message }) => ({ offset, tlv_type: tlvType, message })),
  };
}

export function describeTlv(tlv: Tlv): { [key: string]: Json } {
  return { ...(plain(tlv) as { [key: string]: Json }), ...readable(tlv) };
}

/** What people want to read in place of numbers and octets. */
function readable(tlv: Tlv): { [key: string]: Json } {
  switch (tlv.kind) {
    case 'chassis-id':
      return { subtype_name: chassisSubtypeName(tlv.subtype), value: idText('chassis', tlv.subtype, tlv.id) };
    case 'port-id':
      return { subtype_name: portSubtypeName(tlv.subtype), value: idText('port', tlv.subtype, tlv.id) };
    case 'system-capabilities':
      return { capability_names: capabilityNames(tlv.capabilities), enabled_names: capabilityNames(tlv.enabled) };
    case 'management-address':
      return {
        address_text: addressText(tlv.family, tlv.address),
        interface_subtype_name: interfaceSubtypeName(tlv.interfaceSubtype),
      };
    case 'dot1-protocol-identity':
      return { identity_text: printable(tlv.identity) };
    case 'med-capabilities':
      return { device_type_name: medDeviceTypeName(tlv.deviceType) };
    case 'med-network-policy':
      return { application_name: medApplicationName(tlv.application) };
    default:
      return {};
  }
}

/** Octets become hex, keys snake_case. */
function plain(value: unknown): Json {
  if (value instanceof Uint8Array) return hexOf(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [
        key.replace(/[A-Z0-9]+/g, (part, at: number) => snake(part, at)),
        plain(field),
      ]),
    );
  }
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function snake(part: string, at: number): string {
  return at === 0 || /^[0-9]/.test(part) ? part.toLowerCase() : `_${part.toLowerCase()}`;
}

function isoTime(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
