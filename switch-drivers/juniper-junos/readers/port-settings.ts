import type { Statement } from './statements.ts';
import { beginsWith } from './words.ts';

export interface PortSettings {
  adminUp: boolean;
  description: string | null;
  mtu: number | null;
  lag: string | null;
  switching: boolean;
  mode: string | null;
  /** `port-mode`: a release without ELS. */
  legacy: boolean;
  native: string | null;
  members: string[];
  foreign: string[];
}

/** Tags, tunnels and units that make of a port something other than one access or trunk port. */
const FOREIGN = beginsWith([
  'flexible-vlan-tagging',
  'vlan-tagging',
  'stacked-vlan-tagging',
  'encapsulation',
  'apply-groups(?:-except)?',
  'apply-macro',
  String.raw`unit [1-9]\d*`,
  'unit 0 (?:encapsulation|vlan-id|vlan-id-list|vlan-id-range|vlan-tags|input-vlan-map|output-vlan-map|apply-groups)',
  'unit 0 family ethernet-switching (?:inter-switch-link|isolated|isid-list|reflective-relay|apply-groups)',
  'unit 0 family ethernet-switching (?:inner-vlan-id-list|vlan-rewrite|vlan-auto-sense|vlan mapping)',
  'input-vlan-map',
  'output-vlan-map',
  'ethernet-switch-profile',
  'unit 0 family bridge',
]);

const KNOWN = beginsWith([
  'enable',
  'speed',
  'link-mode',
  'hold-time',
  'traps',
  'no-traps',
  'traceoptions',
  'damping',
  'optics-options',
  'media-type',
  'esi',
  'fec',
  'number-of-sub-ports',
  'unused',
  'auto-negotiation',
  'no-auto-negotiation',
  'gratuitous-arp-reply',
  'no-gratuitous-arp-request',
  'accounting-profile',
  'forwarding-class-accounting',
  '(?:ether|gigether|fastether|aggregated-ether)-options',
  'unit 0 (?:enable|traps|no-traps|bandwidth|accounting-profile|statistics)',
  'unit 0 family ethernet-switching (?:storm-control|filter|recovery-timeout|bpdu|interface-specific|policer)',
]);

/** Reads the statements of one port. Lines that say what is not known here go to `unparsed`. */
export function portSettings(statements: readonly Statement[], unparsed: Set<string>): PortSettings {
  const port: PortSettings = {
    adminUp: true,
    description: null,
    mtu: null,
    lag: null,
    switching: false,
    mode: null,
    legacy: false,
    native: null,
    members: [],
    foreign: [],
  };
  for (const { line, words } of statements) {
    const text = words.join(' ');
    if (!take(port, text)) {
      if (FOREIGN.test(text)) port.foreign.push(line);
      else if (!KNOWN.test(text)) unparsed.add(line);
    }
  }
  return port;
}

const RULES: ReadonlyArray<readonly [RegExp, (port: PortSettings, value: string) => void]> = [
  [
    /^(?:unit 0 )?(disable)$/,
    (port) => {
      port.adminUp = false;
    },
  ],
  [
    /^description (.+)$/,
    (port, text) => {
      port.description = text;
    },
  ],
  [
    /^unit 0 description (.+)$/,
    (port, text) => {
      port.description ??= text;
    },
  ],
  [
    /^mtu (\d{1,5})$/,
    (port, text) => {
      port.mtu = Number(text);
    },
  ],
  [
    /^(?:ether|gigether|fastether)-options (?:ieee-)?802\.3ad (?:bundle )?(ae\d{1,4})$/,
    (port, lag) => {
      port.lag = lag;
    },
  ],
  [
    /^(?:unit 0 family ethernet-switching )?native-vlan-id (\S+)$/,
    (port, vlan) => {
      port.native = vlan;
    },
  ],
  [
    /^unit 0 family (ethernet-switching)$/,
    (port) => {
      port.switching = true;
    },
  ],
  [/^unit 0 family ethernet-switching interface-mode (\S+)$/, (port, mode) => switching(port, mode)],
  [
    /^unit 0 family ethernet-switching port-mode (\S+)$/,
    (port, mode) => {
      switching(port, mode);
      port.legacy = true;
    },
  ],
  [
    /^unit 0 family ethernet-switching vlan members (\S+)$/,
    (port, vlan) => {
      port.switching = true;
      if (!port.members.includes(vlan)) port.members.push(vlan);
    },
  ],
  // Another family makes the port a routed one, unless it has ethernet-switching too, which Junos does not commit.
  [/^unit 0 (family (?:inet6?|mpls|iso|ccc|tcc|vpls)(?: .*)?|proxy-arp.*|tunnel.*)$/, () => undefined],
  [/^(unit 0)$/, () => undefined],
];

function switching(port: PortSettings, mode: string): void {
  port.switching = true;
  port.mode = mode;
}

function take(port: PortSettings, text: string): boolean {
  for (const [pattern, rule] of RULES) {
    const match = pattern.exec(text);
    if (!match) continue;
    rule(port, match[1] ?? '');
    if (text.startsWith('unit 0 family ethernet-switching')) port.switching = true;
    return true;
  }
  if (text.startsWith('unit 0 family ethernet-switching')) port.switching = true;
  return false;
}
