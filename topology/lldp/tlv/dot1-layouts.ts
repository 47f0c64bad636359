import { FabricError } from '../../error/fabric-error.ts';
import type { OctetReader, OctetWriter } from '../octets.ts';
import { utf8Bytes } from '../octets.ts';
import {
  type ApplicationPriorityTlv,
  type CdcpTlv,
  type CongestionNotificationTlv,
  type EtsConfigurationTlv,
  type EtsRecommendationTlv,
  type EtsTables,
  type EvbTlv,
  linkAggregationLayout,
  type ManagementVidTlv,
  type PfcTlv,
  type PortProtocolVlanIdTlv,
  type PortVlanIdTlv,
  type ProtocolIdentityTlv,
  type VidUsageDigestTlv,
  type VlanNameTlv,
} from './dot1.ts';
import { layout } from './layout.ts';

const octets = (r: OctetReader, count: number) => Array.from({ length: count }, () => r.uint(1));

/** 8 priorities of 4 bits, then 8 bandwidths, then 8 algorithms. */
function readEts(r: OctetReader): EtsTables {
  const priorityToClass = octets(r, 4).flatMap((octet) => [octet >> 4, octet & 15]);
  return { priorityToClass, bandwidth: octets(r, 8), algorithm: octets(r, 8) };
}

function writeEts(w: OctetWriter, ets: EtsTables): void {
  for (const [name, table] of Object.entries({
    priorityToClass: ets.priorityToClass,
    bandwidth: ets.bandwidth,
    algorithm: ets.algorithm,
  })) {
    if (table.length !== 8) {
      throw new FabricError('lldp_value_invalid', `the ETS table ${name} has ${table.length} entries; give 8`);
    }
  }
  w.bits(4, ...ets.priorityToClass.map((trafficClass) => [trafficClass, 4] as const));
  for (const percent of ets.bandwidth) w.uint(1, percent);
  for (const algorithm of ets.algorithm) w.uint(1, algorithm);
}

export const dot1Layouts = [
  layout<PortVlanIdTlv>({
    kind: 'dot1-port-vlan-id',
    code: 1,
    decode: (r) => ({ vlan: r.uint(2) }),
    encode: (w, tlv) => w.uint(2, tlv.vlan),
  }),
  layout<PortProtocolVlanIdTlv>({
    kind: 'dot1-port-protocol-vlan-id',
    code: 2,
    decode(r) {
      const flags = r.uint(1);
      return { supported: (flags & 2) !== 0, enabled: (flags & 4) !== 0, vlan: r.uint(2) };
    },
    encode(w, tlv) {
      w.bits(1, [0, 5], [Number(tlv.enabled), 1], [Number(tlv.supported), 1], [0, 1]);
      w.uint(2, tlv.vlan);
    },
  }),
  layout<VlanNameTlv>({
    kind: 'dot1-vlan-name',
    code: 3,
    decode: (r) => ({ vlan: r.uint(2), name: r.text(r.uint(1)) }),
    encode(w, tlv) {
      w.uint(2, tlv.vlan);
      w.counted(utf8Bytes(tlv.name));
    },
  }),
  layout<ProtocolIdentityTlv>({
    kind: 'dot1-protocol-identity',
    code: 4,
    decode: (r) => ({ identity: r.take(r.uint(1)) }),
    encode: (w, tlv) => w.counted(tlv.identity),
  }),
  layout<VidUsageDigestTlv>({
    kind: 'dot1-vid-usage-digest',
    code: 5,
    decode: (r) => ({ digest: r.uint(4) }),
    encode: (w, tlv) => w.uint(4, tlv.digest),
  }),
  layout<ManagementVidTlv>({
    kind: 'dot1-management-vid',
    code: 6,
    decode: (r) => ({ vlan: r.uint(2) }),
    encode: (w, tlv) => w.uint(2, tlv.vlan),
  }),
  linkAggregationLayout('dot1-link-aggregation', 7),
  layout<CongestionNotificationTlv>({
    kind: 'dot1-congestion-notification',
    code: 8,
    decode: (r) => ({ cnpv: r.flags8(), ready: r.flags8() }),
    encode(w, tlv) {
      w.flags8(tlv.cnpv);
      w.flags8(tlv.ready);
    },
  }),
  layout<EtsConfigurationTlv>({
    kind: 'dot1-ets-configuration',
    code: 9,
    decode(r) {
      const head = r.uint(1);
      return {
        willing: (head & 0x80) !== 0,
        creditBasedShaper: (head & 0x40) !== 0,
        maxClasses: head & 7,
        ...readEts(r),
      };
    },
    encode(w, tlv) {
      w.bits(1, [Number(tlv.willing), 1], [Number(tlv.creditBasedShaper), 1], [0, 3], [tlv.maxClasses, 3]);
      writeEts(w, tlv);
    },
  }),
  layout<EtsRecommendationTlv>({
    kind: 'dot1-ets-recommendation',
    code: 10,
    decode(r) {
      r.uint(1);
      return readEts(r);
    },
    encode(w, tlv) {
      w.uint(1, 0);
      writeEts(w, tlv);
    },
  }),
  layout<PfcTlv>({
    kind: 'dot1-priority-flow-control',
    code: 11,
    decode(r) {
      const head = r.uint(1);
      return {
        willing: (head & 0x80) !== 0,
        macSecBypass: (head & 0x40) !== 0,
        capability: head & 15,
        enabled: r.flags8(),
      };
    },
    encode(w, tlv) {
      w.bits(1, [Number(tlv.willing), 1], [Number(tlv.macSecBypass), 1], [0, 2], [tlv.capability, 4]);
      w.flags8(tlv.enabled);
    },
  }),
  layout<ApplicationPriorityTlv>({
    kind: 'dot1-application-priority',
    code: 12,
    decode(r) {
      r.uint(1);
      const entries = [];
      while (r.left > 0) {
        const head = r.uint(1);
        entries.push({ priority: head >> 5, selector: head & 7, protocol: r.uint(2) });
      }
      return { entries };
    },
    encode(w, tlv) {
      w.uint(1, 0);
      for (const entry of tlv.entries) {
        w.bits(1, [entry.priority, 3], [0, 2], [entry.selector, 3]);
        w.uint(2, entry.protocol);
      }
    },
  }),
  layout<EvbTlv>({
    kind: 'dot1-edge-virtual-bridging',
    code: 13,
    decode(r) {
      const [bridgeStatus, stationStatus, retries] = [r.uint(1), r.uint(1), r.uint(1) & 31];
      const wait = r.uint(1);
      const keep = r.uint(1);
      return {
        bridgeStatus,
        stationStatus,
        retries,
        mode: wait >> 6,
        remoteWaitDelay: (wait & 0x20) !== 0,
        waitDelayExponent: wait & 31,
        remoteKeepAlive: (keep & 0x20) !== 0,
        keepAliveExponent: keep & 31,
      };
    },
    encode(w, tlv) {
      w.uint(1, tlv.bridgeStatus);
      w.uint(1, tlv.stationStatus);
      w.bits(1, [0, 3], [tlv.retries, 5]);
      w.bits(1, [tlv.mode, 2], [Number(tlv.remoteWaitDelay), 1], [tlv.waitDelayExponent, 5]);
      w.bits(1, [0, 2], [Number(tlv.remoteKeepAlive), 1], [tlv.keepAliveExponent, 5]);
    },
  }),
  layout<CdcpTlv>({
    kind: 'dot1-cdcp',
    code: 14,
    decode(r) {
      const head = r.uint(4);
      const channels = [];
      while (r.left > 0) {
        const pair = r.uint(3);
        channels.push({ channel: pair >> 12, vlan: pair & 0xfff });
      }
      return {
        station: head >>> 31 === 1,
        sComponent: (head & 0x08000000) !== 0,
        channelCapacity: head & 0xfff,
        channels,
      };
    },
    encode(w, tlv) {
      w.bits(4, [Number(tlv.station), 1], [0, 3], [Number(tlv.sComponent), 1], [0, 15], [tlv.channelCapacity, 12]);
      for (const { channel, vlan } of tlv.channels) w.bits(3, [channel, 12], [vlan, 12]);
    },
  }),
];
