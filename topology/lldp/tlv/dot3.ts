import { type LinkAggregationTlv, linkAggregationLayout } from './dot1.ts';
import { layout, type TlvBase } from './layout.ts';

/** IEEE 802.3-2018 clause 79: organisationally specific TLVs of IEEE 802.3. */
export const DOT3_OUI = '00-12-0f';

/** 79.3.1. advertised: ifMauAutoNegCapAdvertisedBits; mauType: dot3MauType (RFC 4836). */
export interface MacPhyTlv extends TlvBase {
  kind: 'dot3-mac-phy';
  autonegSupported: boolean;
  autonegEnabled: boolean;
  advertised: number;
  mauType: number;
}

/** 79.3.2.5 to 79.3.2.6: classification by LLDP (802.3at). Power in units of 0.1 W. */
export interface PowerClassification {
  powerType: number;
  powerSource: number;
  /** PD supports powering over both pair sets (802.3bt). */
  pd4Pid: number;
  priority: number;
  requested: number;
  allocated: number;
}

/** 79.3.2.6a ff (802.3bt). Power in units of 0.1 W. */
export interface PowerTypeThree {
  requestedA: number;
  requestedB: number;
  allocatedA: number;
  allocatedB: number;
  status: number;
  systemSetup: number;
  maxAvailable: number;
  autoclass: number;
  powerDown: number;
}

/** 79.3.2 */
export interface PowerViaMdiTlv extends TlvBase {
  kind: 'dot3-power-via-mdi';
  pse: boolean;
  supported: boolean;
  enabled: boolean;
  pairControl: boolean;
  pair: number;
  powerClass: number;
  classification: PowerClassification | null;
  typeThree: PowerTypeThree | null;
}

/** 79.3.4. Octets. */
export interface MaxFrameSizeTlv extends TlvBase {
  kind: 'dot3-max-frame-size';
  octets: number;
}

/** 79.3.5. Microseconds. */
export interface EeeTlv extends TlvBase {
  kind: 'dot3-energy-efficient-ethernet';
  transmitTw: number;
  receiveTw: number;
  fallbackReceiveTw: number;
  echoTransmitTw: number;
  echoReceiveTw: number;
}

/** 79.3.7: additional Ethernet capabilities (frame preemption). */
export interface AdditionalCapabilitiesTlv extends TlvBase {
  kind: 'dot3-additional-capabilities';
  preemptionSupported: boolean;
  preemptionEnabled: boolean;
  preemptionActive: boolean;
  addFragmentSize: number;
}

export type Dot3Tlv =
  | MacPhyTlv
  | PowerViaMdiTlv
  | LinkAggregationTlv
  | MaxFrameSizeTlv
  | EeeTlv
  | AdditionalCapabilitiesTlv;

export const dot3Layouts = [
  layout<MacPhyTlv>({
    kind: 'dot3-mac-phy',
    code: 1,
    decode(r) {
      const autoneg = r.uint(1);
      return {
        autonegSupported: (autoneg & 1) !== 0,
        autonegEnabled: (autoneg & 2) !== 0,
        advertised: r.uint(2),
        mauType: r.uint(2),
      };
    },
    encode(w, tlv) {
      w.bits(1, [0, 6], [Number(tlv.autonegEnabled), 1], [Number(tlv.autonegSupported), 1]);
      w.uint(2, tlv.advertised);
      w.uint(2, tlv.mauType);
    },
  }),
  layout<PowerViaMdiTlv>({
    kind: 'dot3-power-via-mdi',
    code: 2,
    decode(r) {
      const support = r.uint(1);
      const [pair, powerClass] = [r.uint(1), r.uint(1)];
      let classification: PowerClassification | null = null;
      let typeThree: PowerTypeThree | null = null;
      if (r.left > 0) {
        const head = r.uint(1);
        classification = {
          powerType: head >> 6,
          powerSource: (head >> 4) & 3,
          pd4Pid: (head >> 2) & 1,
          priority: head & 3,
          requested: r.uint(2),
          allocated: r.uint(2),
        };
      }
      if (r.left > 0) {
        typeThree = {
          requestedA: r.uint(2),
          requestedB: r.uint(2),
          allocatedA: r.uint(2),
          allocatedB: r.uint(2),
          status: r.uint(2),
          systemSetup: r.uint(1),
          maxAvailable: r.uint(2),
          autoclass: r.uint(1),
          powerDown: r.uint(3),
        };
      }
      return {
        pse: (support & 1) !== 0,
        supported: (support & 2) !== 0,
        enabled: (support & 4) !== 0,
        pairControl: (support & 8) !== 0,
        pair,
        powerClass,
        classification,
        typeThree,
      };
    },
    encode(w, tlv) {
      const flag = (set: boolean) => [Number(set), 1] as const;
      w.bits(1, [0, 4], flag(tlv.pairControl), flag(tlv.enabled), flag(tlv.supported), flag(tlv.pse));
      w.uint(1, tlv.pair);
      w.uint(1, tlv.powerClass);
      if (tlv.classification === null) return;
      const c = tlv.classification;
      w.bits(1, [c.powerType, 2], [c.powerSource, 2], [0, 1], [c.pd4Pid, 1], [c.priority, 2]);
      w.uint(2, c.requested);
      w.uint(2, c.allocated);
      if (tlv.typeThree === null) return;
      const t = tlv.typeThree;
      for (const power of [t.requestedA, t.requestedB, t.allocatedA, t.allocatedB, t.status]) w.uint(2, power);
      w.uint(1, t.systemSetup);
      w.uint(2, t.maxAvailable);
      w.uint(1, t.autoclass);
      w.uint(3, t.powerDown);
    },
  }),
  linkAggregationLayout('dot3-link-aggregation', 3),
  layout<MaxFrameSizeTlv>({
    kind: 'dot3-max-frame-size',
    code: 4,
    decode: (r) => ({ octets: r.uint(2) }),
    encode: (w, tlv) => w.uint(2, tlv.octets),
  }),
  layout<EeeTlv>({
    kind: 'dot3-energy-efficient-ethernet',
    code: 5,
    decode: (r) => ({
      transmitTw: r.uint(2),
      receiveTw: r.uint(2),
      fallbackReceiveTw: r.uint(2),
      echoTransmitTw: r.uint(2),
      echoReceiveTw: r.uint(2),
    }),
    encode(w, tlv) {
      for (const time of [
        tlv.transmitTw,
        tlv.receiveTw,
        tlv.fallbackReceiveTw,
        tlv.echoTransmitTw,
        tlv.echoReceiveTw,
      ]) {
        w.uint(2, time);
      }
    },
  }),
  layout<AdditionalCapabilitiesTlv>({
    kind: 'dot3-additional-capabilities',
    code: 7,
    decode(r) {
      const bits = r.uint(2);
      return {
        preemptionSupported: (bits & 1) !== 0,
        preemptionEnabled: (bits & 2) !== 0,
        preemptionActive: (bits & 4) !== 0,
        addFragmentSize: (bits >> 3) & 3,
      };
    },
    encode(w, tlv) {
      const flag = (set: boolean) => [Number(set), 1] as const;
      w.bits(
        2,
        [0, 11],
        [tlv.addFragmentSize, 2],
        flag(tlv.preemptionActive),
        flag(tlv.preemptionEnabled),
        flag(tlv.preemptionSupported),
      );
    },
  }),
];
