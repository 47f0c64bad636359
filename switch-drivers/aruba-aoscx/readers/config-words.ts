/** First words of interface settings that say nothing of a port's VLANs. ArubaOS-CX CLI guides, context `config-if`. */
export const INTERFACE_WORDS = new Set(
  [
    'active-gateway apply arp auto-negotiation bfd cdp client default-gateway description destination dhcpv4-snooping',
    'dhcpv6-snooping downshift-enable energy-efficient-ethernet error-control exit fec flow-control gbp half-duplex ip ipv6',
    'ipv4 inter-vxlan-bridging-mode l3-counters lacp lag link lldp loop-protect mac mac-notify macsec mdi-mdix mdns-sd mirror',
    'mtu mvrp nameserver nd-snooping persona port-access private-vlan power-over-ethernet ptp qos rate-limit rate-interval',
    'routing rpvst sflow shutdown source spanning-tree speed split system-qos track ttl tunnel udld vlan vni vrf vrrp vsx',
    'vsx-sync vtep-peer aaa qinq dot1q-tunnel encapsulation port-security allow-unsupported-transceiver',
  ].flatMap((words) => words.split(' ')),
);

/** First words of what stands beside the interfaces in the whole configuration. ArubaOS-CX CLI guides, context `config`. */
export const GLOBAL_WORDS = new Set(
  [
    'aaa access-list aruba-central arp banner bfd bluetooth cli-session class clock configuration-lockout console copp-policy',
    'crypto debug dhcp-relay dhcp-server dhcpv4-snooping dhcpv6-snooping domain-name end erps evpn exit export-password',
    'fault-monitor gbp hostname https-server ip ipv6 job keychain l2-counters lacp led lldp logging loop-protect',
    'mac-address-table mac-lockout macsec mdns-sd mirror module mvrp nae-agent nd-snooping ntp object-group pbr-action-list',
    'policy port-access power-over-ethernet profile ptp qos radius-server rate-limit-list redundancy rmon route-map router sflow',
    'smartlink snmp-server snmpv3 spanning-tree ssh static-mac sntp tacacs-server telnet tftp timezone ubt-client-vlan udld',
    'user user-group vlan virtual-mac vrf vsf vsx vsx-sync port-group private-vlan system',
  ].flatMap((words) => words.split(' ')),
);

/**
 * Settings about VLANs that a row cannot express: translation, private VLANs, tunnelling of tags, and what puts a port into
 * other VLANs while it runs (port access, MVRP) or lets only some addresses in.
 */
export const FOREIGN =
  /^(?:vlan(?:-\w+)? (?!(?:access \d+|trunk native \d+(?: tag)?|trunk allowed [\d,a-z-]+)$)|(?:private-vlan|port-access|port-security|mvrp|qinq|dot1q-tunnel|encapsulation)\b|aaa (?:authentication )?port-access\b)/;
