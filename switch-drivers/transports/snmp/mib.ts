/** Objects by their names in the MIBs. Scalars end in `.0`, columns take an index. */

/** SNMPv2-MIB, RFC 3418. */
export const system = {
  sysDescr: '1.3.6.1.2.1.1.1.0',
  sysObjectID: '1.3.6.1.2.1.1.2.0',
  sysName: '1.3.6.1.2.1.1.5.0',
} as const;

/** IF-MIB, RFC 2863; index: ifIndex. */
export const interfaces = {
  ifDescr: '1.3.6.1.2.1.2.2.1.2',
  ifPhysAddress: '1.3.6.1.2.1.2.2.1.6',
  ifAdminStatus: '1.3.6.1.2.1.2.2.1.7',
  ifOperStatus: '1.3.6.1.2.1.2.2.1.8',
  ifName: '1.3.6.1.2.1.31.1.1.1.1',
  ifAlias: '1.3.6.1.2.1.31.1.1.1.18',
} as const;

/** BRIDGE-MIB, RFC 4188; index: dot1dBasePort. */
export const bridge = {
  dot1dBaseBridgeAddress: '1.3.6.1.2.1.17.1.1.0',
  dot1dBasePortIfIndex: '1.3.6.1.2.1.17.1.4.1.2',
} as const;

/** Q-BRIDGE-MIB, RFC 4363. */
export const qBridge = {
  dot1qGvrpStatus: '1.3.6.1.2.1.17.7.1.1.5.0',
  /** Index: dot1qFdbId, address. */
  dot1qTpFdbPort: '1.3.6.1.2.1.17.7.1.2.2.1.2',
  dot1qTpFdbStatus: '1.3.6.1.2.1.17.7.1.2.2.1.3',
  /** Index: dot1qVlanTimeMark (a TimeFilter, RFC 4502), dot1qVlanIndex. */
  dot1qVlanFdbId: '1.3.6.1.2.1.17.7.1.4.2.1.3',
  dot1qVlanCurrentEgressPorts: '1.3.6.1.2.1.17.7.1.4.2.1.4',
  /** Index: dot1qVlanIndex. */
  dot1qVlanStaticName: '1.3.6.1.2.1.17.7.1.4.3.1.1',
  dot1qVlanStaticEgressPorts: '1.3.6.1.2.1.17.7.1.4.3.1.2',
  dot1qVlanForbiddenEgressPorts: '1.3.6.1.2.1.17.7.1.4.3.1.3',
  dot1qVlanStaticUntaggedPorts: '1.3.6.1.2.1.17.7.1.4.3.1.4',
  dot1qVlanStaticRowStatus: '1.3.6.1.2.1.17.7.1.4.3.1.5',
  /** Index: dot1dBasePort. */
  dot1qPvid: '1.3.6.1.2.1.17.7.1.4.5.1.1',
  dot1qPortAcceptableFrameTypes: '1.3.6.1.2.1.17.7.1.4.5.1.2',
  dot1qPortIngressFiltering: '1.3.6.1.2.1.17.7.1.4.5.1.3',
  dot1qPortGvrpStatus: '1.3.6.1.2.1.17.7.1.4.5.1.4',
  /** Index: dot1dBasePort, dot1vProtocolPortGroupId. */
  dot1vProtocolPortGroupVid: '1.3.6.1.2.1.17.7.1.5.2.1.2',
} as const;

/** IEEE8023-LAG-MIB, IEEE 802.3ad; index: ifIndex of the port. */
export const lag = {
  dot3adAggPortSelectedAggID: '1.2.840.10006.300.43.1.2.1.1.12',
  dot3adAggPortAttachedAggID: '1.2.840.10006.300.43.1.2.1.1.13',
} as const;

/** LLDP-MIB, IEEE 802.1AB-2005. */
export const lldp = {
  lldpLocChassisIdSubtype: '1.0.8802.1.1.2.1.3.1.0',
  lldpLocChassisId: '1.0.8802.1.1.2.1.3.2.0',
  /** Index: lldpLocPortNum. */
  lldpLocPortIdSubtype: '1.0.8802.1.1.2.1.3.7.1.2',
  lldpLocPortId: '1.0.8802.1.1.2.1.3.7.1.3',
  lldpLocPortDesc: '1.0.8802.1.1.2.1.3.7.1.4',
  /** Index: lldpRemTimeMark (a TimeFilter), lldpRemLocalPortNum, lldpRemIndex. */
  lldpRemChassisIdSubtype: '1.0.8802.1.1.2.1.4.1.1.4',
  lldpRemChassisId: '1.0.8802.1.1.2.1.4.1.1.5',
  lldpRemPortIdSubtype: '1.0.8802.1.1.2.1.4.1.1.6',
  lldpRemPortId: '1.0.8802.1.1.2.1.4.1.1.7',
  lldpRemSysName: '1.0.8802.1.1.2.1.4.1.1.9',
} as const;

/** ENTITY-MIB, RFC 6933; index: entPhysicalIndex. */
export const entity = {
  entPhysicalClass: '1.3.6.1.2.1.47.1.1.1.1.5',
  entPhysicalSoftwareRev: '1.3.6.1.2.1.47.1.1.1.1.10',
  entPhysicalModelName: '1.3.6.1.2.1.47.1.1.1.1.13',
} as const;

/** TruthValue (RFC 2579) and the enumerations of the objects above. */
export const TRUE = 1;
export const FALSE = 2;
export const UP = 1;
export const DOWN = 2;
export const ENABLED = 1;
export const DISABLED = 2;
export const ADMIT_ALL = 1;
export const ADMIT_ONLY_VLAN_TAGGED = 2;
/** RowStatus, RFC 2579. */
export const ACTIVE = 1;
export const CREATE_AND_GO = 4;
