import { isFabricError } from '../error/fabric-error.ts';
import { OctetReader, OctetWriter, plainOctets } from './octets.ts';
import type { ChassisIdTlv, PortIdTlv, TextTlv } from './tlv/basic.ts';
import type { Layout } from './tlv/layout.ts';
import { basicByType, ORG_SPECIFIC, orgByOui, type Tlv } from './tlv/tlv.ts';

export interface LldpError {
  /** Octet of the LLDPDU at which the TLV concerned begins. */
  offset: number;
  /** null: about the LLDPDU as a whole. */
  tlvType: number | null;
  message: string;
}

/** One decoded LLDPDU: what an Ethernet frame carries behind ethertype 0x88cc. */
export interface Lldpdu {
  /** Every TLV in its order, the End TLV included. */
  tlvs: Tlv[];
  /** Octets behind the End TLV (padding), or from the point where the chain of TLVs breaks. */
  rest: Uint8Array;
  chassisId: { subtype: number; id: Uint8Array } | null;
  portId: { subtype: number; id: Uint8Array } | null;
  /** Seconds. */
  ttl: number | null;
  portDescription: string | null;
  systemName: string | null;
  systemDescription: string | null;
  /** Everything that breaks the standard; empty for a good LLDPDU. */
  errors: LldpError[];
}

/**
 * Decodes an LLDPDU (IEEE 802.1AB-2016 clause 8). Takes any bytes and never throws: what cannot be understood is kept as
 * it is and named in `errors`, and encode() of the result gives back the very same bytes.
 */
export function decode(input: Uint8Array): Lldpdu {
  const bytes = plainOctets(input);
  const tlvs: Tlv[] = [];
  const errors: LldpError[] = [];
  let at = 0;
  let ended = false;
  while (!ended && at + 2 <= bytes.length) {
    const header = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const type = header >> 9;
    const length = header & 0x1ff;
    if (at + 2 + length > bytes.length) {
      const left = bytes.length - at - 2;
      errors.push({ offset: at, tlvType: type, message: `TLV of ${length} octets, but only ${left} are left` });
      break;
    }
    const tlv = decodeTlv(type, bytes.subarray(at + 2, at + 2 + length));
    if (tlv.kind === 'malformed') errors.push({ offset: at, tlvType: type, message: tlv.reason });
    checkPlace(tlv, type, tlvs, at, errors);
    tlvs.push(tlv);
    ended = type === 0;
    at += 2 + length;
  }
  const rest = bytes.slice(at);
  if (!ended) errors.push({ offset: at, tlvType: null, message: 'no End Of LLDPDU TLV' });
  if (tlvs.length < 3) errors.push({ offset: at, tlvType: null, message: 'chassis id, port id or TTL is missing' });
  return { tlvs, rest, ...summary(tlvs), errors };
}

/** Decodes one TLV's value; never throws. */
export function decodeTlv(type: number, octets: Uint8Array): Tlv {
  const value = plainOctets(octets);
  if (type !== ORG_SPECIFIC) {
    const layout = basicByType.get(type);
    return layout ? decodeBy(layout, type, value, value) : { kind: 'unknown', type, value: value.slice() };
  }
  if (value.length < 4) {
    const reason = `organisationally specific TLV of ${value.length} octets (at least 4 needed)`;
    return { kind: 'malformed', type, value: value.slice(), reason };
  }
  const subtype = value[3] ?? 0;
  const layout = orgByOui.get(((value[0] ?? 0) << 16) | ((value[1] ?? 0) << 8) | (value[2] ?? 0))?.get(subtype);
  if (!layout) return { kind: 'org-specific', oui: ouiOf(value), subtype, value: value.slice(4) };
  return decodeBy(layout, type, value, value.subarray(4));
}

function ouiOf(value: Uint8Array): string {
  return Array.from(value.subarray(0, 3), (octet) => octet.toString(16).padStart(2, '0')).join('-');
}

function decodeBy(layout: Layout, type: number, whole: Uint8Array, value: Uint8Array): Tlv {
  const reader = new OctetReader(value);
  const fields = layout.decode(reader);
  if (reader.fault !== null) {
    return { kind: 'malformed', type, value: whole.slice(), reason: `${layout.kind}: ${reader.fault}` };
  }
  const tlv = { kind: layout.kind, ...fields };
  return (saysAll(layout, fields, value) ? tlv : { ...tlv, raw: value.slice() }) as Tlv;
}

/** Reused for every TLV, since a new buffer for each costs more than the comparison; layouts never call decode(). */
const scratch = new OctetWriter();

function saysAll(layout: Layout, fields: object, value: Uint8Array): boolean {
  scratch.reset();
  try {
    layout.encode(scratch, fields);
  } catch (error) {
    // Text that is no UTF-8 grows with its replacement characters and may no longer fit its own length octet.
    if (isFabricError(error, 'lldp_value_invalid')) return false;
    throw error;
  }
  return scratch.equals(value);
}

/** Order and number of TLVs, IEEE 802.1AB-2016 8.2 and 8.4: chassis id, port id, TTL first; most others once. */
function checkPlace(tlv: Tlv, type: number, before: readonly Tlv[], offset: number, errors: LldpError[]): void {
  const position = before.length;
  const error = (message: string) => errors.push({ offset, tlvType: type, message });
  if (position < 3) {
    const wanted = position + 1;
    if (type !== wanted) error(`TLV ${wanted} of an LLDPDU must be of type ${wanted}, this one is of type ${type}`);
  } else if (type >= 1 && type <= 7 && before.some((other) => other.kind === tlv.kind)) {
    error(`a second ${tlv.kind} TLV`);
  }
}

function summary(tlvs: readonly Tlv[]): Omit<Lldpdu, 'tlvs' | 'rest' | 'errors'> {
  const first = <K extends Tlv['kind']>(kind: K) =>
    tlvs.find((tlv): tlv is Extract<Tlv, { kind: K }> => tlv.kind === kind);
  const id = (tlv: ChassisIdTlv | PortIdTlv | undefined) => (tlv ? { subtype: tlv.subtype, id: tlv.id } : null);
  const text = (kind: TextTlv['kind']) => tlvs.find((tlv): tlv is TextTlv => tlv.kind === kind)?.text ?? null;
  return {
    chassisId: id(first('chassis-id')),
    portId: id(first('port-id')),
    ttl: first('ttl')?.seconds ?? null,
    portDescription: text('port-description'),
    systemName: text('system-name'),
    systemDescription: text('system-description'),
  };
}
