import type { CommandMeaning } from '../../transports/ssh-cli/text/switchport-settings.ts';

/**
 * Configuration commands of an interface (IOS and Catalyst IOS-XE command references) that do not say which VLANs it
 * carries, by their first word.
 */
const WORDS = [
  // Link and hardware.
  'speed duplex negotiation media-type flowcontrol mdix load-interval keepalive carrier-delay hold-queue link logging',
  'power energywise beacon fec hw-module platform ptp synchronous clock alarm profile mac-address bandwidth delay',
  'transceiver unidirectional udld errdisable storm-control errdisable small-frame loopback snmp rmon environment',
  // Protocols between neighbours.
  'cdp lldp lacp pagp channel-protocol port-channel spanning-tree rep ethernet bfd isis ospf ospfv3 eigrp mpls',
  // Quality of service and accounting.
  'mls qos trust srr-queue priority-queue queue-set wrr-queue rcv-queue tx-queue service-policy auto macro fair-queue',
  'random-detect max-reserved-bandwidth tx-ring-limit rate-limit traffic-shape netflow flow et-analytics performance',
  'medianet datalink nmsp location priority-flow-control shape',
  // Security that names no VLAN.
  'cts macsec mka mac device-tracking epm zone-member ipv6-nd crypto',
  // Layer 3, tunnels, overlays and what only routers have.
  'ip ipv6 arp vrf standby vrrp glbp hsrp ntp tunnel encapsulation peer ppp pppoe dialer bridge-irb nat mop fair',
  'source-interface host-reachability member global autostate redundancy locator-id-separation lisp backup',
  'network-clock analysis-module service-module mobility autonomic fabric private-segment utd cws otv dialer-group',
  'async physical-layer no-keepalive ipx appletalk interface-template',
].flatMap((words) => words.split(' '));

/** Commands about layer 2 that no row of ours expresses. */
const FOREIGN = [
  /^switchport mode (?:private-vlan|dot1q-tunnel|dot1q|fex-fabric|vntag)\b/,
  /^switchport (?:voice|private-vlan|vlan|dot1q|backup|capture|protected|vepa|access vlan dynamic)\b/,
  /^switchport trunk (?:native vlan tag|encapsulation isl|pruning)\b/,
  /^switchport port-security .*\bvlan\b/,
  // An authentication server or a phone may put the port into another VLAN.
  /^(?:authentication|access-session|dot1x|mab|webauth)\b/,
  /^service-policy type control subscriber /,
  /^(?:source template|service instance|l2protocol|l2protocol-tunnel|bridge-domain|bridge-group|xconnect)\b/,
  /^(?:mvr|mvrp|gvrp|vtp|vlan|fex|ethernet dot1ad|ethernet uni|service-policy .*\bvlan\b)\b/,
  // The port links the members of a virtual switch.
  /^(?:switch virtual|stackwise-virtual|dual-active)\b/,
];

/** `switchport` commands about other things than membership, or that repeat the default. */
const HARMLESS_SWITCHPORT = [
  /^(?:no )?switchport nonegotiate$/,
  /^switchport trunk encapsulation (?:dot1q|negotiate)$/,
  /^(?:no )?switchport (?:priority|block|port-security|autostate)\b/,
  /^switchport voice vlan none$/,
  /^no switchport (?:trunk native vlan tag|protected|voice vlan|vepa enabled)\b/,
];

const HARMLESS = new RegExp(`^(?:no |default )?(?:${[...new Set(WORDS)].join('|')})(?: |$)`);

/** Commands that open a mode of their own, whose lines stand deeper. */
const SUBMODE =
  /^(?:cts manual|service instance .*|vrrp \d+ address-family .*|member vni .*|xconnect .*|pseudowire.*)$/;

/** What an interface's setting, other than those the row models, means for the VLANs of the port. */
export function commandMeaning(setting: string): CommandMeaning {
  if (HARMLESS_SWITCHPORT.some((known) => known.test(setting))) return 'harmless';
  if (FOREIGN.some((known) => known.test(setting))) return 'foreign';
  return HARMLESS.test(setting) ? 'harmless' : 'unknown';
}

export function opensSubmode(setting: string): boolean {
  return SUBMODE.test(setting);
}
