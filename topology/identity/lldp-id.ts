import { idText } from '../lldp/id-text.ts';
import { tryParseMac } from './mac.ts';

/** A chassis or port id as evidence carries it: text as idText() writes it. subtype null: the source does not say. */
export interface LldpId {
  subtype: number | null;
  value: string;
}

export function chassisIdOf(tlv: { subtype: number; id: Uint8Array }): LldpId {
  return { subtype: tlv.subtype, value: idText('chassis', tlv.subtype, tlv.id) };
}

export function portIdOf(tlv: { subtype: number; id: Uint8Array }): LldpId {
  return { subtype: tlv.subtype, value: idText('port', tlv.subtype, tlv.id) };
}

/**
 * What two chassis ids are compared by: a MAC in any notation and under any subtype (switches tell their MAC as locally
 * assigned text, too) is that MAC; anything else is its exact text.
 */
export function chassisKey(value: string): string {
  return tryParseMac(value) ?? value.trim();
}
