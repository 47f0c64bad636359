import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/**
 * Lines of `display interface` that say nothing we model, by how they begin. Interface Command Reference, "display
 * interface" of Comware 5 and 7, for Ethernet, aggregate, VLAN, loopback and tunnel interfaces.
 */
const BEGINNINGS = [
  ...[
    'Allow jumbo frames?',
    'Bandwidth',
    'Broadcast',
    'Checksumming of',
    'Current system time',
    'DLDP',
    'EFM',
    'Encapsulation is',
  ],
  ...[
    'Ethernet port mode',
    'Expected bandwidth',
    'Flow-control',
    'Forbid jumbo frames?',
    'FEC mode',
    'GRE key',
    'Hold timer is',
  ],
  ...[
    'Input',
    'Interface index',
    'Internet address',
    'Internet protocol processing',
    'IP packet frame type',
    'IPv4 traffic',
  ],
  ...[
    'IPv6 packet frame type',
    'IPv6 traffic',
    'Keepalive',
    'Known-unicast',
    'Unknown-unicast',
    'Last clearing of counters',
  ],
  ...[
    'Last link flapping',
    'Last time when physical state',
    'Last \\d+ seconds?',
    'Link delay is',
    'Link speed type is',
  ],
  ...[
    'Loopback is',
    'Loopback:',
    'Maximum frame length',
    'The Maximum Frame Length is',
    'MDI type',
    'Media type',
    'Multicast',
  ],
  ...[
    'Output',
    'Peak (?:value of )?(?:input|output)',
    'Physical(?: is|:)',
    'Port hardware type',
    'Port priority',
    'Port up-mode',
  ],
  ...[
    'Port isolate',
    'Port speed',
    'Primary IP',
    'PVID is',
    'The number of',
    'Transfer time',
    'Trunk port encapsulation',
  ],
  ...[
    'Tunnel (?:source|bandwidth|keepalive|protocol|ttl|vpn|tos|destination)',
    'Unicast',
    'Unit',
    'VSI',
    'Traffic statistics',
  ],
  ...[
    'LAST \\d+ seconds',
    'Link layer protocol is',
    'LCP',
    'Timeslot',
    'Service-loopback',
    'Derived from',
    'Transceiver',
  ],
];

export const INTERFACE_LINES: readonly LineRule[] = [
  { pattern: new RegExp(`^\\s*(?:${BEGINNINGS.join('|')})(?![A-Za-z])`, 'i') },
  // 1000Mbps-speed mode, full-duplex mode; 1000Mb/s, Full-duplex, link type: autonegotiation; 1000M, Full, link type is ...
  {
    pattern:
      /^\s*(?:Unknown|Auto|[\d.]+[KMGT]?)(?:b\/s|bps)?(?:-speed mode)?, ?(?:\w+-duplex|Full|Half|Auto|Unknown)\b/i,
  },
  // Counters go on in lines of numbers with a word or two each; `-` is a counter the hardware lacks.
  {
    pattern: /^\s*(?:-|[\d.]+) [a-z]/i,
    take: (_match, line) =>
      line
        .trim()
        .split(/, */)
        .every((counter) => /^(?:-|[\d.]+) [a-z][a-z /-]*$/i.test(counter)) && undefined,
  },
];
