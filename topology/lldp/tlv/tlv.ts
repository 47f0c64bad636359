import type {
  ChassisIdTlv,
  EndTlv,
  ManagementAddressTlv,
  PortIdTlv,
  SystemCapabilitiesTlv,
  TextTlv,
  TtlTlv,
} from './basic.ts';
import { basicLayouts } from './basic.ts';
import { DOT1_OUI, type Dot1Tlv } from './dot1.ts';
import { dot1Layouts } from './dot1-layouts.ts';
import { DOT3_OUI, type Dot3Tlv, dot3Layouts } from './dot3.ts';
import type { Layout, TlvBase } from './layout.ts';
import { MED_OUI, type MedTlv, medLayouts } from './med.ts';

/** A type that IEEE 802.1AB reserves (9..126). */
export interface UnknownTlv extends TlvBase {
  kind: 'unknown';
  type: number;
  value: Uint8Array;
}

/** Organisationally specific, of an organisation or subtype not decoded here. */
export interface OrgSpecificTlv extends TlvBase {
  kind: 'org-specific';
  /** Lower case, as 00-80-c2. */
  oui: string;
  subtype: number;
  value: Uint8Array;
}

/** A known TLV whose value breaks its own layout; the value is kept whole. */
export interface MalformedTlv extends TlvBase {
  kind: 'malformed';
  type: number;
  value: Uint8Array;
  reason: string;
}

export type Tlv =
  | EndTlv
  | ChassisIdTlv
  | PortIdTlv
  | TtlTlv
  | TextTlv
  | SystemCapabilitiesTlv
  | ManagementAddressTlv
  | Dot1Tlv
  | Dot3Tlv
  | MedTlv
  | UnknownTlv
  | OrgSpecificTlv
  | MalformedTlv;

export const ORG_SPECIFIC = 127;

export const basicByType = new Map(basicLayouts.map((layout) => [layout.code, layout]));

const organisations = [
  { oui: DOT1_OUI, layouts: dot1Layouts },
  { oui: DOT3_OUI, layouts: dot3Layouts },
  { oui: MED_OUI, layouts: medLayouts },
].map(({ oui, layouts }) => ({ oui: Number.parseInt(oui.replaceAll('-', ''), 16), layouts }));

/** Layouts by subtype, by the OUI as a 24-bit number. */
export const orgByOui = new Map(
  organisations.map(({ oui, layouts }) => [oui, new Map(layouts.map((layout) => [layout.code, layout]))]),
);

export interface Place {
  /** TLV type. */
  type: number;
  /** OUI and subtype of an organisationally specific TLV; empty for others. */
  header: Uint8Array;
  layout: Layout;
}

/** Where each kind of TLV goes on the wire. */
export const placeOfKind = new Map<string, Place>([
  ...basicLayouts.map((layout) => [layout.kind, { type: layout.code, header: new Uint8Array(0), layout }] as const),
  ...organisations.flatMap(({ oui, layouts }) =>
    layouts.map((layout) => {
      const header = Uint8Array.of(oui >> 16, (oui >> 8) & 0xff, oui & 0xff, layout.code);
      return [layout.kind, { type: ORG_SPECIFIC, header, layout }] as const;
    }),
  ),
]);
