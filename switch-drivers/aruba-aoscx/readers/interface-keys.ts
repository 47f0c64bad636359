import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';

/**
 * What `show interface` prints besides what we model: properties of the hardware and of layer 3. ArubaOS-CX Command-Line
 * Interface Guide and Monitoring Guide, "show interface".
 */
export const UNMODELLED: readonly LineRule[] = [
  {
    pattern: new RegExp(
      `^ ?(?:${[
        ...[
          'State information',
          'Link state',
          'Link transitions',
          'Persona',
          'Flow-control',
          'Error-control',
          'MDI mode',
        ],
        ...['Leader-follower mode', 'Rate collection interval', 'Subinterface count', 'MAC Address'],
        ...[
          'Aggregation-key',
          'Encapsulation dot1q ID',
          'Voice VLAN',
          'Forward Error Correction',
          'FEC',
          'Profile name',
        ],
      ].join('|')}) *:`,
    ),
  },
  { pattern: /^ ?(?:Hardware: |Type\b|Speed\b|IP MTU \d|qos |rate-limit |active gateway )/ },
  { pattern: /^ ?(?:Full|Half)-duplex$/ },
  { pattern: /^ ?Auto-negotiation is \w+$/i },
  { pattern: /^ ?Energy-Efficient Ethernet is \w+$/ },
  { pattern: /^ ?Input flow-control is \w+, output flow-control is \w+$/ },
  { pattern: /^ ?[RT]x$/i },
  { pattern: /^ +L[23]:$/ },
  { pattern: /^ +[um]cast: \d+ packets, \d+ bytes?$/ },
  // The counters of older releases: `45 output packets   5658 bytes`.
  { pattern: /^ +\d+ +[a-zA-Z][\w /]{0,40}(?: \d+ +[a-z][a-z /]{0,40})?$/ },
  // The tables of newer ones, with columns for both directions and their sum.
  { pattern: /^ ?(?:Rate|Statistic) +RX +TX +Total(?: \(RX\+TX\))?$/ },
  { pattern: /^ +[A-Z][\w/% -]{0,24}(?: +(?:\d+(?:\.\d+)?|n\/a)){3}$/ },
];
