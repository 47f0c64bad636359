import type { OctetReader, OctetWriter } from '../octets.ts';

/** What every TLV may carry besides its own fields. */
export interface TlvBase {
  kind: string;
  /**
   * The value as received; present only where the fields do not say all of it (reserved bits set, padding, text that is
   * no UTF-8). encode() sends it in place of the fields; delete it to have edited fields sent.
   */
  raw?: Uint8Array;
}

export type Fields<T extends TlvBase> = Omit<T, 'kind' | 'raw'>;

/** How the value of one kind of TLV is laid out; for organisationally specific TLVs, what follows OUI and subtype. */
export interface Layout<T extends TlvBase = TlvBase> {
  kind: T['kind'];
  /** TLV type, or subtype under the organisation. */
  code: number;
  decode(r: OctetReader): Fields<T>;
  encode(w: OctetWriter, tlv: Fields<T>): void;
}

/** Erases a layout's type for the tables; safe because a table pairs each kind with its own layout only. */
export function layout<T extends TlvBase>(definition: Layout<T>): Layout {
  return definition as unknown as Layout;
}
