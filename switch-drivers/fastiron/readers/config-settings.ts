/**
 * Settings by the Ruckus FastIron Command Reference, by what they mean for the VLANs of a port. What stands in none of
 * these lists is not understood.
 */

function settings(words: readonly string[]): RegExp {
  return new RegExp(`^\\s+(?:no )?(?:${words.join('|')})(?:\\s.*)?$`);
}

/** Change which frames of a port belong to which VLAN, in a way that a PortRow cannot say. */
export const FOREIGN_INTERFACE = settings([
  'voice-vlan',
  'tag-profile',
  'tag-type',
  'vlan-mapping',
  'mac-authentication',
  'mac-vlan-permit',
  'dot1x',
  'authentication',
  'port security',
  'pvlan-preference',
  'use-vlan',
  'webauth',
  'stack-port',
  'mct',
]);

export const FOREIGN_VLAN = settings([
  'pvlan',
  'mac-vlan-permit',
  'uplink-switch',
  'webauth',
  'ip-proto',
  'ipx-proto',
  'ip-subnet',
  'ipx-network',
  'ipv6-proto',
  'atalk-proto',
  'appletalk-cable-vlan',
  'decnet-proto',
  'netbios-proto',
  'other-proto',
  'vxlan',
  'vlan-mapping',
]);

/** The indented lines at the end belong to a metro ring or a VSRP instance within the VLAN. */
export const KNOWN_VLAN = settings([
  'spanning-tree',
  'router-interface',
  'management-vlan',
  'default-gateway',
  'multicast6?',
  'ip',
  'ipv6',
  'loop-detection',
  'monitor',
  'source-guard',
  'static-mac-address',
  'priority',
  'topology-group',
  'transparent-hw-flooding',
  'unknown-unicast-flooding',
  'vsrp(?:-aware)?',
  'metro-rings?',
  'master',
  'ring-interfaces?',
  'enable',
  'name',
  'diagnostics',
  'hello-time',
  'preforwarding-time',
  'backup',
  'include-port',
  'activate',
  'dead-interval',
  'hold-down-interval',
]);

export const KNOWN_INTERFACE = settings([
  'acl-logging',
  'arp inspection trust',
  'bandwidth',
  'broadcast',
  'clock',
  'dhcp snooping',
  'flow-control',
  'gig-default',
  'inline power',
  'ip(?:v6)? (?!address)\\S.*',
  'ipg\\S*',
  'link-aggregate',
  'link-config',
  'link-error-disable',
  'link-fault-signal\\S*',
  'load-interval',
  'loop-detection',
  'mac-learn-disable',
  'mdi-mdix',
  'monitor',
  'multicast',
  'optical-monitor',
  'packet-inerror-detect',
  'phy',
  'priority',
  'protected-port',
  'qos\\S*',
  'rate-limit',
  'sflow\\S*',
  'snmp-server',
  'source-guard',
  'spanning-tree',
  'speed-duplex',
  'stp-\\S+',
  'trust',
  'unknown-unicast',
]);

export const KNOWN_LAG = settings([
  'primary-port',
  'deploy',
  'enable',
  'port-name',
  'lacp-\\S+',
  'trunk-\\S+',
  'sflow\\S*',
  'monitor',
  'failover',
]);
