import type { CommandMeaning } from '../../transports/ssh-cli/text/switchport-settings.ts';

/** Configuration commands of an interface that do not say which VLANs it carries, by their first word. */
const WORDS = [
  // Link and hardware.
  'speed duplex negotiate flowcontrol link logging load-interval beacon fec medium mac-address bandwidth delay dampening',
  'carrier-delay udld errdisable storm-control snmp snmp-server rate-mode hardware unidirectional power ptp ttag locator-led',
  'system transceiver serdes phy',
  // Protocols between neighbours.
  'cdp lldp lacp spanning-tree bfd isis ospf ospfv3 eigrp mpls ethernet-segment ethernet vpc fabric nbm itd rip',
  // Quality of service and accounting.
  'priority-flow-control service-policy queue-limit queuing buffer-boost rate-limit qos flow netflow sflow hold-queue',
  // Security that names no VLAN.
  'macsec mac cts',
  // Layer 3 and overlays.
  'ip ipv6 arp vrf hsrp vrrp vrrpv3 glbp tunnel encapsulation management pim keymap wccp autostate no-autostate',
  'source-interface host-reachability member global multisite advertise virtual-rmac evpn nat ngoam',
].flatMap((words) => words.split(' '));

/** Commands about layer 2 that no row of ours expresses. */
const FOREIGN = [
  /^switchport mode (?:private-vlan|dot1q-tunnel|fex-fabric|fabricpath|fabric|vntag)\b/,
  /^switchport (?:voice|private-vlan|vlan|dot1q|isolated|monitor|access vlan dynamic|protected)\b/,
  /^switchport trunk (?:native vlan tag|pruning|allow-multi-tag)\b/,
  /^switchport port-security .*\bvlan\b/,
  // An authentication server may put the port into another VLAN.
  /^(?:authentication|dot1x)\b/,
  // Settings that stand elsewhere count for the port.
  /^inherit port-profile /,
  /^(?:fex associate|service instance|encapsulation profile|bridge-domain|xconnect|l2protocol|fabricpath|vn-segment)\b/,
  // The link between the switches of a vPC pair.
  /^(?:vpc peer-link|fabric multilink)\b/,
];

/** `switchport` commands about other things than membership, or that repeat the default. */
const HARMLESS_SWITCHPORT = [
  /^(?:no )?switchport (?:block|port-security|autostate|priority)\b/,
  /^no switchport (?:isolated|monitor|voice vlan|trunk native vlan tag|vlan mapping enable)\b/,
  /^no (?:dot1x|authentication) /,
];

const HARMLESS = new RegExp(`^(?:no |default )?(?:${[...new Set(WORDS)].join('|')})(?: |$)`);

/** Commands that open a mode of their own, whose lines stand deeper. */
const SUBMODE =
  /^(?:hsrp .*|vrrp(?:v3)? .*|glbp .*|member vni .*|ethernet-segment .*|service instance .*|evpn .*|evpn|ngoam .*)$/;

/** What an interface's setting, other than those the row models, means for the VLANs of the port. */
export function commandMeaning(setting: string): CommandMeaning {
  if (HARMLESS_SWITCHPORT.some((known) => known.test(setting))) return 'harmless';
  if (FOREIGN.some((known) => known.test(setting))) return 'foreign';
  return HARMLESS.test(setting) ? 'harmless' : 'unknown';
}

export function opensSubmode(setting: string): boolean {
  return SUBMODE.test(setting);
}
