import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';
import { type InterfaceConfig, interfaceConfigs } from './running-config.ts';
import { allBut, trunkVlans, vlanSet } from './trunk-vlans.ts';

/** First words of interface settings that say nothing of VLANs. EOS User Manual, the "Configuration Commands" of ports. */
const OTHER_SETTINGS = new RegExp(
  `^(?:no |default )?(?:${[
    ...[
      'address',
      'arp',
      'bfd',
      'bgp',
      'channel-group',
      'comment',
      'dcbx',
      'description',
      'encapsulation',
      'error-correction',
    ],
    ...[
      'errdisable',
      'ethernet',
      'flowcontrol',
      'hardware',
      'igmp',
      'ip',
      'ipv6',
      'isis',
      'l2',
      'l2-protocol',
      'lacp',
      'lane',
    ],
    ...[
      'link-debounce',
      'link tracking',
      'lldp',
      'load-interval',
      'logging',
      'loop-protection',
      'mac',
      'mac-address',
      'mlag',
    ],
    ...['mpls', 'msrp', 'mtu', 'multicast', 'ntp', 'open-?flow', 'ospf', 'ospfv3', 'phy', 'pim', 'poe', 'port-channel'],
    ...[
      'priority-flow-control',
      'profile',
      'ptp',
      'qos',
      'queue',
      'random-detect',
      'sampled-flow',
      'service-policy',
      'service-profile',
    ],
    ...[
      'sflow',
      'shape',
      'shutdown',
      'snmp',
      'spanning-tree',
      'speed',
      'storm-control',
      'sync-e',
      'traffic-loopback',
      'traffic-policy',
    ],
    ...[
      'transceiver',
      'tunnel',
      'tx-queue',
      'uc-tx-queue',
      'unidirectional',
      'vmtracer',
      'vrf',
      'vrrp',
      'vxlan',
      'xcvr',
    ],
    ...['switchport', 'private-vlan', 'dot1x'],
  ].join('|')})(?:\\s|$)`,
);

/** EOS prints comments with `!`, and in front of the sections what they were asked from. */
const COMMENT: LineRule = { pattern: /^\s*!/ };

/** Statements outside of interface blocks whose text holds the word the section filter looks for. */
const OTHER_SECTIONS =
  /^(?:end|monitor session|logging source-interface|(?:ip|ipv6) (?:route|ftp|tftp|http|ssh|domain|radius|tacacs)|ntp local-interface|ntp server|radius-server|tacacs-server|sflow source-interface|snmp-server|lldp management-address|mlag configuration|router \S|management \S)(?:\s|$)/;

/**
 * The interface part of the running configuration. A port without a line is up, in access mode, in VLAN 1; a trunk without
 * a list carries every VLAN (EOS User Manual, "Virtual LANs"), unless `switchport default mode routed` stands above it.
 */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show running-config (?:section \^?interface|interfaces?(?: \S+(?: [\d/,-]+)?)?)$/,
  read(output) {
    const text = withoutPager(output).replaceAll('\r', '');
    const rows: PortRow[] = [];
    let routed = false;
    let current: InterfaceConfig | undefined;
    let other = false;
    const configs = interfaceConfigs(text);
    const unparsed = readLines(text, [
      COMMENT,
      {
        pattern: /^interface (\S+)$/,
        take([, name = '']) {
          const portId = canonicalName(name);
          current = configs.get(name);
          other = false;
          if (portId === null || !current) return false;
          rows.push(rowOf(portId, current, routed));
        },
      },
      {
        pattern: /^switchport default mode (access|routed)$/,
        take: ([, mode]) => {
          routed = mode === 'routed';
        },
      },
      {
        pattern: OTHER_SECTIONS,
        take() {
          current = undefined;
          other = true;
        },
      },
      {
        pattern: /^\s+(\S.*)$/,
        take: ([, setting = '']) => (other || (current && understood(setting)) ? undefined : false),
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** Settings about layer 2, as configured, that a row cannot express: a port that has one is not ours to write. */
export function foreignSettings(output: string): Map<string, string[]> {
  const foreign = new Map<string, string[]>();
  for (const [name, { unmodelled }] of interfaceConfigs(withoutPager(output).replaceAll('\r', ''))) {
    const portId = canonicalName(name);
    if (portId !== null && unmodelled.length > 0) foreign.set(portId, unmodelled);
  }
  return foreign;
}

/** A known setting; of those about VLANs, one whose ids are such. */
function understood(setting: string): boolean {
  if (!OTHER_SETTINGS.test(setting)) return false;
  const id = /^switchport (?:access|trunk native) vlan (\d+)$/.exec(setting)?.[1];
  if (id !== undefined) return vlanId(id) !== null;
  return !setting.startsWith('switchport trunk allowed vlan ') || allowedAfter([], setting) !== null;
}

function rowOf(portId: string, config: InterfaceConfig, routedByDefault: boolean): PortRow {
  const value = (pattern: RegExp) => lastMatch(config.settings, pattern);
  const mtu = value(/^(?:l2 )?mtu (\d+)$/);
  const base = {
    portId,
    adminUp: !config.shutdown,
    operUp: null,
    lag: config.lag,
    description: config.description,
    mtu: mtu === undefined ? null : Number(mtu),
  };
  const switched = value(/^((?:no )?switchport)$/);
  if (!isSwitchPort(portId) || switched === 'no switchport' || (routedByDefault && switched === undefined)) {
    return { ...base, mode: 'routed', untagged: null, tagged: null };
  }
  const mode = value(/^switchport mode (\S+)$/) ?? 'access';
  if (mode === 'access') {
    return { ...base, mode, untagged: vlanId(value(/^switchport access vlan (\d+)$/) ?? '1'), tagged: [] };
  }
  if (mode !== 'trunk') return { ...base, mode: 'other', untagged: null, tagged: null };
  const native = config.nativeTagged ? null : vlanId(value(/^switchport trunk native vlan (\d+)$/) ?? '1');
  const allowed = config.settings.reduce<number[] | 'all'>((list, line) => allowedAfter(list, line) ?? list, 'all');
  return { ...base, mode, ...trunkVlans(allowed, native) };
}

/** The allowed list after one line; null when the line is not about it. */
function allowedAfter(before: number[] | 'all', setting: string): number[] | 'all' | null {
  const match = /^switchport trunk allowed vlan (?:(add|remove|except) )?([\da-z,-]+)$/.exec(setting);
  const list = match ? vlanSet(match[2] ?? '') : null;
  if (!match || list === null) return null;
  const [, how] = match;
  if (how === undefined) return list;
  if (list === 'all') return null;
  const all = before === 'all' ? allBut([]) : before;
  if (how === 'except') return allBut(list);
  if (how === 'remove') return all.filter((id) => !list.includes(id));
  return before === 'all' ? before : [...new Set([...before, ...list])].sort((a, b) => a - b);
}

function lastMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).findLast((found) => found !== undefined);
}
