import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { settingMeaning } from './interface-settings.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';
import { configuredVlans, trunkVlans } from './vlan-list.ts';

/** What the configuration says about one interface, defaults included: access, VLAN 1; trunk and hybrid, VLAN 1 alone. */
interface Settings {
  row: PortRow;
  linkType: 'access' | 'trunk' | 'hybrid' | null;
  routed: boolean;
  access: number;
  trunkPvid: number;
  permitted: Set<number>;
  hybridPvid: number;
  hybridTagged: Set<number>;
  hybridUntagged: Set<number>;
  foreign: string[];
}

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

function readPorts(output: string): { ports: Settings[]; unparsed: string[] } {
  const ports: Settings[] = [];
  let current: Settings | null = null;
  const unparsed = readLines(withoutPager(output), [
    { pattern: /^(?:#|return)$/ },
    {
      pattern: /^interface (\S+(?: \d\S*)?)$/,
      take([, name = '']) {
        const portId = canonicalName(name);
        current = portId === null ? null : silent(portId);
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

function takeSetting(port: Settings, setting: string): false | undefined {
  for (const [pattern, take] of MODELLED) {
    const match = pattern.exec(setting);
    if (!match) continue;
    if (take(port, match) === false) {
      port.foreign.push(setting);
      return false;
    }
    return;
  }
  const meaning = settingMeaning(setting);
  if (meaning === 'foreign' || (meaning === 'unknown' && /\b(?:port|vlan)\b/.test(setting))) port.foreign.push(setting);
  return meaning === 'unknown' ? false : undefined;
}

/** Settings that the row expresses. False: the value is not what the grammar allows. */
const MODELLED: ReadonlyArray<readonly [RegExp, (port: Settings, match: RegExpExecArray) => boolean | undefined]> = [
  [
    /^(undo )?shutdown$/,
    ({ row }, [, undo]) => {
      row.adminUp = undo !== undefined;
    },
  ],
  [
    /^description (.*)$/,
    ({ row }, [, text = '']) => {
      row.description = text;
    },
  ],
  [
    /^mtu (\d{2,5})$/,
    ({ row }, [, text]) => {
      row.mtu = Number(text);
    },
  ],
  [
    /^port link-mode (bridge|route)$/,
    (port, [, mode]) => {
      port.routed = mode === 'route';
    },
  ],
  [
    /^ip address /,
    (port) => {
      port.routed = true;
    },
  ],
  [
    /^port link-aggregation group (\d{1,5})(?: force)?$/,
    ({ row }, [, id]) => {
      row.lag = `Bridge-Aggregation${id}`;
    },
  ],
  [
    /^port link-type (access|trunk)$/,
    (port, [, type]) => {
      port.linkType = type === 'trunk' ? 'trunk' : 'access';
    },
  ],
  [/^port link-type hybrid$/, hybrid],
  [/^port access vlan (\d+)$/, (port, [, text = '']) => setVlan(port, 'access', text)],
  [/^port trunk pvid vlan (\d+)$/, (port, [, text = '']) => setVlan(port, 'trunkPvid', text)],
  [/^undo port trunk permit vlan (.+)$/, ({ permitted }, [, list = '']) => change(list, (id) => permitted.delete(id))],
  [/^port trunk permit vlan (.+)$/, ({ permitted }, [, list = '']) => change(list, (id) => permitted.add(id))],
  [/^port hybrid pvid vlan (\d+)$/, (port, [, text = '']) => setVlan(port, 'hybridPvid', text)],
  [/^undo port hybrid vlan (.+)$/, (port, [, list = '']) => hybridVlans(port, list, null)],
  [
    /^port hybrid vlan (.+) (tagged|untagged)$/,
    (port, [, list = '', how]) => hybridVlans(port, list, how === 'tagged'),
  ],
];

/** A hybrid port is not ours to write, even where access or trunk would do. */
function hybrid(port: Settings, [setting]: RegExpExecArray): undefined {
  port.linkType = 'hybrid';
  port.foreign.push(setting);
}

function setVlan(port: Settings, field: 'access' | 'trunkPvid' | 'hybridPvid', text: string): boolean {
  const id = vlanId(text);
  if (id !== null) port[field] = id;
  return id !== null;
}

function change(list: string, apply: (id: number) => void): boolean {
  const ids = configuredVlans(list);
  ids?.forEach(apply);
  return ids !== null;
}

function hybridVlans(port: Settings, list: string, tagged: boolean | null): boolean {
  return change(list, (id) => {
    port.hybridTagged.delete(id);
    port.hybridUntagged.delete(id);
    if (tagged !== null) (tagged ? port.hybridTagged : port.hybridUntagged).add(id);
  });
}

function silent(portId: string): Settings {
  const base = { portId, adminUp: true, operUp: null, mode: null, untagged: null, tagged: null };
  return {
    row: { ...base, lag: null, description: null, mtu: null },
    linkType: null,
    routed: false,
    ...{ access: 1, trunkPvid: 1, permitted: new Set([1]) },
    ...{ hybridPvid: 1, hybridTagged: new Set(), hybridUntagged: new Set([1]) },
    foreign: [],
  };
}

function rowOf(port: Settings): PortRow {
  const { row, linkType, hybridPvid } = port;
  if (port.routed || !isSwitchPort(row.portId)) {
    const lag = row.lag?.replace('Bridge', 'Route') ?? null;
    return { ...row, mode: 'routed', lag: port.routed ? lag : row.lag };
  }
  if (linkType === 'hybrid') {
    const untagged = port.hybridUntagged.has(hybridPvid) ? hybridPvid : null;
    return { ...row, mode: 'other', untagged, tagged: ascending(port.hybridTagged) };
  }
  if (linkType === 'trunk') return { ...row, mode: 'trunk', ...trunkVlans(ascending(port.permitted), port.trunkPvid) };
  return { ...row, mode: 'access', untagged: port.access, tagged: [] };
}

function ascending(ids: ReadonlySet<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}
