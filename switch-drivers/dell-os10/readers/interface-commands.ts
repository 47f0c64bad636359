import type { CommandMeaning } from '../../transports/ssh-cli/text/switchport-settings.ts';

/** Configuration commands of an interface that do not say which VLANs it carries, by their first word. */
const WORDS = [
  // Link and hardware.
  'speed duplex negotiation flowcontrol fec beacon wavelength load-interval carrier-delay eee media-type',
  // Protocols between neighbours.
  'lldp spanning-tree lacp bfd udld loop-detection vlt-port-channel dcbx ets priority-flow-control',
  // Quality of service and accounting.
  'service-policy qos-map trust-map trust sflow snmp storm-control vrrp-group iscsi',
  // Security that names no VLAN.
  'mac arp errdisable',
  // Layer 3.
  'ip ipv6 ospf',
].flatMap((words) => words.split(' '));

/** Commands about layer 2 that no row of ours expresses. */
const FOREIGN = [
  /^switchport mode (?!access$|trunk$)/,
  /^switchport (?!mode |access vlan \d|trunk allowed vlan |port-security)/,
  /^(?:private-vlan|vlan-stack|vlan-mapping|vlan-translation|dot1q-tunnel|voice|virtual-network|member-interface)\b/,
  // An authentication server may put the port into another VLAN.
  /^(?:dot1x|authentication|mab|aaa)\b/,
  /^(?:openflow|vxlan|pvlan|ipsg|gvrp|mvrp|vfabric|fcoe|fip-snooping|remote-port-mirroring)\b/,
  // Another port's settings count.
  /^(?:profile|template|inherit|port-profile)\b/,
];

const HARMLESS = new RegExp(`^(?:no )?(?:${WORDS.join('|')})(?: |$)`);

/** What an interface's setting, other than those the row models, means for the VLANs of the port. */
export function commandMeaning(setting: string): CommandMeaning {
  if (/^no (?:dot1x|openflow|gvrp|fip-snooping|vlan-mapping)\b/.test(setting)) return 'harmless';
  if (/^(?:no )?switchport port-security\b/.test(setting)) return 'harmless';
  if (FOREIGN.some((known) => known.test(setting))) return 'foreign';
  return HARMLESS.test(setting) ? 'harmless' : 'unknown';
}
