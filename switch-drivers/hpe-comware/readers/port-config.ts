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

/** The interface part of the configuration: `interface NAME`, settings indented by one, `#` between the blocks. */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^display current-configuration interface(?: [A-Za-z][\w-]*(?: ?\d[\d/:.]*)?)?$/,
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
  ...settingRules('port access vlan', 'port trunk permit vlan'),
  [/^port link-mode (bridge|route)$/, (port, [, mode]) => Object.assign(port, { routed: mode === 'route' })],
  [/^ip address /, (port) => Object.assign(port, { routed: true })],
  [
    /^port link-aggregation group (\d{1,5})(?: force)?$/,
    ({ row }, [, id]) => Object.assign(row, { lag: `Bridge-Aggregation${id}` }),
  ],
  [
    /^port hybrid vlan (.+) (tagged|untagged)$/,
    (port, [, list = '', how]) => hybridVlans(port, list, how === 'tagged'),
  ],
];

function readPorts(output: string): { ports: ConfiguredPort[]; unparsed: string[] } {
  const ports: ConfiguredPort[] = [];
  let current: ConfiguredPort | null = null;
  const unparsed = readLines(withoutPager(output), [
    { pattern: /^(?:#|return)$/ },
    {
      pattern: /^interface (\S+(?: \d\S*)?)$/,
      take([, name = '']) {
        const portId = canonicalName(name);
        current = portId === null ? null : silentPort(portId);
        if (current === null) return false;
        ports.push(current);
      },
    },
    {
      // A service instance has settings of its own, indented further.
      pattern: /^ {2,}(\S.*)$/,
      take([, setting = '']) {
        if (!current || !/^(?:service-instance|ethernet) /.test(current.foreign[0] ?? '')) return false;
        current.foreign.push(setting);
      },
    },
    {
      pattern: /^ (\S.*)$/,
      take: ([, setting = '']) => (current === null ? false : takeSetting(current, setting)),
    },
    ...NOISE,
  ]);
  return { ports, unparsed };
}

function takeSetting(port: ConfiguredPort, setting: string): false | undefined {
  for (const [pattern, take] of portRules) {
    const match = pattern.exec(setting);
    if (!match) continue;
    if (take(port, match) !== false) return;
    port.foreign.push(setting);
    return false;
  }
  const meaning = settingMeaning(setting);
  if (meaning === 'foreign' || (meaning === 'unknown' && /\b(?:port|vlan)\b/.test(setting))) port.foreign.push(setting);
  return meaning === 'unknown' ? false : undefined;
}

function rowOf(port: ConfiguredPort): PortRow {
  const { row, linkType } = port;
  if (port.routed || !isSwitchPort(row.portId)) {
    const lag = row.lag?.replace('Bridge', 'Route') ?? null;
    return { ...row, mode: 'routed', lag: port.routed ? lag : row.lag };
  }
  return { ...row, ...layer2(port, linkType ?? 'access') };
}
