import { FabricError } from '../error/fabric-error.ts';
import { decode, type Lldpdu } from './decode.ts';
import { encodeTlv } from './encode.ts';
import { bytesOfHex, hexOf } from './octets.ts';

/** One NIC's LLDPDU as the ironic-python-agent sends it (`lldp_raw`): [TLV type, value in hex], in frame order. */
export type LldpRaw = Array<[number, string]>;

const MAX_TLVS = 750;

/**
 * Decodes what an agent sent. The agent may leave out the End TLV; its lack is no error here. Throws `lldp_raw_invalid`
 * when `raw` is not a list of [type, hex] pairs.
 */
export function decodeLldpRaw(raw: unknown): Lldpdu {
  if (!Array.isArray(raw) || raw.length > MAX_TLVS) throw invalid('it is no list of at most 750 TLVs');
  const parts = raw.map((entry: unknown, index) => {
    const [type, hex] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const value = typeof hex === 'string' ? bytesOfHex(hex) : null;
    if (typeof type !== 'number' || !Number.isInteger(type) || type < 0 || type > 127) {
      throw invalid(`entry ${index} has no TLV type from 0 to 127`);
    }
    if (value === null || value.length > 511) throw invalid(`entry ${index} has no value of at most 511 octets in hex`);
    return { type, value };
  });
  if (parts.at(-1)?.type !== 0) parts.push({ type: 0, value: new Uint8Array(0) });
  const octets = parts.flatMap(({ type, value }) => [(type << 1) | (value.length >> 8), value.length & 0xff, ...value]);
  return decode(Uint8Array.from(octets));
}

/** The `lldp_raw` form of an LLDPDU, cut at the same places as the agent does: every TLV, the End TLV included. */
export function encodeLldpRaw(lldpdu: Pick<Lldpdu, 'tlvs'>): LldpRaw {
  return lldpdu.tlvs.map((tlv) => {
    const { type, value } = encodeTlv(tlv);
    return [type, hexOf(value)];
  });
}

function invalid(what: string): FabricError {
  return new FabricError(
    'lldp_raw_invalid',
    `lldp_raw cannot be read: ${what}; send each NIC as [[type, "hex"], ...] as ironic-python-agent does`,
  );
}
