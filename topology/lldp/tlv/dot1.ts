import { layout, type TlvBase } from './layout.ts';

/** IEEE 802.1Q-2018 annex D: organisationally specific TLVs of IEEE 802.1. */
export const DOT1_OUI = '00-80-c2';

/** D.2.1. 0: the port has no port VLAN id. */
export interface PortVlanIdTlv extends TlvBase {
  kind: 'dot1-port-vlan-id';
  vlan: number;
}

/** D.2.2 */
export interface PortProtocolVlanIdTlv extends TlvBase {
  kind: 'dot1-port-protocol-vlan-id';
  supported: boolean;
  enabled: boolean;
  vlan: number;
}

/** D.2.3 */
export interface VlanNameTlv extends TlvBase {
  kind: 'dot1-vlan-name';
  vlan: number;
  name: string;
}

/** D.2.4. The first octets of the protocol's frames. */
export interface ProtocolIdentityTlv extends TlvBase {
  kind: 'dot1-protocol-identity';
  identity: Uint8Array;
}

/** D.2.5 */
export interface VidUsageDigestTlv extends TlvBase {
  kind: 'dot1-vid-usage-digest';
  digest: number;
}

/** D.2.6 */
export interface ManagementVidTlv extends TlvBase {
  kind: 'dot1-management-vid';
  vlan: number;
}

/** IEEE 802.1AX annex; the same layout under 802.3 is the older form. portType: 0 none, 1 physical, 2 aggregated ... */
export interface LinkAggregationTlv extends TlvBase {
  kind: 'dot1-link-aggregation' | 'dot3-link-aggregation';
  capable: boolean;
  aggregated: boolean;
  portType: number;
  aggregatedPortId: number;
}

/** D.2.7. Index = priority. */
export interface CongestionNotificationTlv extends TlvBase {
  kind: 'dot1-congestion-notification';
  cnpv: boolean[];
  ready: boolean[];
}

/** D.2.8 and D.2.9. Index of priorityToClass = priority; of bandwidth (percent) and algorithm = traffic class. */
export interface EtsTables {
  priorityToClass: number[];
  bandwidth: number[];
  /** 0 strict priority, 1 credit-based shaper, 2 ETS, 255 vendor specific. */
  algorithm: number[];
}

export interface EtsConfigurationTlv extends TlvBase, EtsTables {
  kind: 'dot1-ets-configuration';
  willing: boolean;
  creditBasedShaper: boolean;
  /** 3 bits; 0 means 8. */
  maxClasses: number;
}

export interface EtsRecommendationTlv extends TlvBase, EtsTables {
  kind: 'dot1-ets-recommendation';
}

/** D.2.10. `capability`: how many classes can have PFC at once. */
export interface PfcTlv extends TlvBase {
  kind: 'dot1-priority-flow-control';
  willing: boolean;
  macSecBypass: boolean;
  capability: number;
  enabled: boolean[];
}

/** D.2.11. selector: 1 ethertype, 2 TCP/SCTP port, 3 UDP/DCCP port, 4 any port, 5 DSCP. */
export interface ApplicationPriorityTlv extends TlvBase {
  kind: 'dot1-application-priority';
  entries: Array<{ priority: number; selector: number; protocol: number }>;
}

/** D.2.12: edge virtual bridging. Exponents and modes as on the wire. */
export interface EvbTlv extends TlvBase {
  kind: 'dot1-edge-virtual-bridging';
  bridgeStatus: number;
  stationStatus: number;
  retries: number;
  mode: number;
  remoteWaitDelay: boolean;
  waitDelayExponent: number;
  remoteKeepAlive: boolean;
  keepAliveExponent: number;
}

/** D.2.13: S-channel discovery and configuration. */
export interface CdcpTlv extends TlvBase {
  kind: 'dot1-cdcp';
  station: boolean;
  sComponent: boolean;
  channelCapacity: number;
  channels: Array<{ channel: number; vlan: number }>;
}

export type Dot1Tlv =
  | PortVlanIdTlv
  | PortProtocolVlanIdTlv
  | VlanNameTlv
  | ProtocolIdentityTlv
  | VidUsageDigestTlv
  | ManagementVidTlv
  | LinkAggregationTlv
  | CongestionNotificationTlv
  | EtsConfigurationTlv
  | EtsRecommendationTlv
  | PfcTlv
  | ApplicationPriorityTlv
  | EvbTlv
  | CdcpTlv;

/** Shared by 802.1 (subtype 7) and 802.3 (subtype 3). */
export const linkAggregationLayout = (kind: LinkAggregationTlv['kind'], code: number) =>
  layout<LinkAggregationTlv>({
    kind,
    code,
    decode(r) {
      const status = r.uint(1);
      return {
        capable: (status & 1) !== 0,
        aggregated: (status & 2) !== 0,
        portType: (status >> 2) & 3,
        aggregatedPortId: r.uint(4),
      };
    },
    encode(w, tlv) {
      w.bits(1, [0, 4], [tlv.portType, 2], [Number(tlv.aggregated), 1], [Number(tlv.capable), 1]);
      w.uint(4, tlv.aggregatedPortId);
    },
  });
