import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import {
  type ConfiguredPort,
  hybridVlans,
  layer2,
  type SettingRule,
  settingRules,
  silentPort,
} from '../../vrp-family/configured-port.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { settingMeaning } from './interface-settings.ts';
import { NOISE, withoutPager } from './noise.ts';

interface VrpPort extends ConfiguredPort {
  /** What the port is where the link type is not printed, being the default; `other`: negotiated. */
  implied: 'access' | 'hybrid' | 'other';
}

/**
 * The interface part of the configuration. Without a link type it is the release's default: access on CloudEngine, hybrid or
 * negotiated on S series. In all of them a port without any setting has VLAN 1, untagged.
 */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^display current-configuration interface(?: [A-Za-z\d][\w-]*(?: ?\d[\d/:.]*)?)?$/,
  read(output) {
    const { ports, unparsed } = readPorts(output);
    return { rows: ports.map(rowOf), unparsed };
  },
});

/** Per port, the settings about layer 2 that a PortRow cannot express, as the device prints them. */
export function foreignSettings(output: string): Map<string, string[]> {
  const { ports } = readPorts(output);
  return new Map(ports.filter(({ foreign }) => foreign.length > 0).map(({ row, foreign }) => [row.portId, foreign]));
}

export const portRules: readonly SettingRule[] = [
  ...settingRules('port default vlan', 'port trunk allow-pass vlan'),
  [/^(undo )?portswitch$/, (port, [, undo]) => Object.assign(port, { routed: undo !== undefined })],
  [/^ip(?:v6)? address /, (port) => Object.assign(port, { routed: true })],
  [/^eth-trunk (\d{1,5})$/, ({ row }, [, id]) => Object.assign(row, { lag: `Eth-Trunk${id}` })],
  [
    /^port hybrid (tagged|untagged) vlan (.+)$/,
    (port, [, how, list = '']) => hybridVlans(port, list, how === 'tagged'),
  ],
];

function readPorts(output: string): { ports: VrpPort[]; unparsed: string[] } {
  const ports: VrpPort[] = [];
  let current: VrpPort | null = null;
  const unparsed = readLines(withoutPager(output), [
    { pattern: /^(?:#|return)$/ },
    {
      pattern: /^interface (\S+(?: \d\S*)?)( mode l2)?$/,
      take([, name = '', subinterface]) {
        const portId = canonicalName(name);
        current = portId === null ? null : { ...silentPort(portId), implied: 'access' };
        if (current === null) return false;
        if (subinterface !== undefined) current.linkType = 'other';
        ports.push(current);
      },
    },
    {
      pattern: /^ +(\S.*)$/,
      take: ([, setting = '']) => (current === null ? false : takeSetting(current, setting)),
    },
    ...NOISE,
  ]);
  return { ports, unparsed };
}

function takeSetting(port: VrpPort, setting: string): false | undefined {
  for (const [pattern, take] of portRules) {
    const match = pattern.exec(setting);
    if (!match) continue;
    const understood = take(port, match) !== false;
    // Settings of a mode that only the release's default or the other side tells: not ours to write.
    const [, mode] = port.linkType === null ? (/^(?:undo )?port (hybrid|trunk) /.exec(setting) ?? []) : [];
    if (mode !== undefined) port.implied = mode === 'hybrid' ? 'hybrid' : 'other';
    if (mode !== undefined || !understood) port.foreign.push(setting);
    return understood ? undefined : false;
  }
  const meaning = settingMeaning(setting);
  if (meaning === 'foreign' || (meaning === 'unknown' && /\b(?:port|vlan)\b/.test(setting))) port.foreign.push(setting);
  return meaning === 'unknown' ? false : undefined;
}

function rowOf(port: VrpPort): PortRow {
  const { row } = port;
  const linkType = port.linkType ?? port.implied;
  if (linkType === 'other') return { ...row, mode: 'other' };
  if (port.routed || !isSwitchPort(row.portId)) return { ...row, mode: 'routed' };
  return { ...row, ...layer2(port, linkType) };
}
