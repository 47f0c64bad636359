import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { settingMeaning } from './interface-settings.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';
import { trunkVlans, vlanList } from './vlan-list.ts';

/** What the configuration says about one interface; a trunk passes VLAN 1, a hybrid port has VLAN 1 without a tag. */
interface Settings {
  row: PortRow;
  linkType: 'access' | 'trunk' | 'hybrid' | 'other' | null;
  routed: boolean;
  access: number;
  trunkPvid: number;
  allowed: Set<number>;
  /** What the port is where the link type is not printed, being the default; `other`: negotiated. */
  implied: 'access' | 'hybrid' | 'other';
  hybridPvid: number;
  hybridTagged: Set<number>;
  hybridUntagged: Set<number>;
  foreign: string[];
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

function readPorts(output: string): { ports: Settings[]; unparsed: string[] } {
  const ports: Settings[] = [];
  let current: Settings | null = null;
  const unparsed = readLines(withoutPager(output), [
    { pattern: /^(?:#|return)$/ },
    {
      pattern: /^interface (\S+(?: \d\S*)?)( mode l2)?$/,
      take([, name = '', subinterface]) {
        const portId = canonicalName(name);
        current = portId === null ? null : silent(portId);
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

function takeSetting(port: Settings, setting: string): false | undefined {
  for (const [pattern, take] of MODELLED) {
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

/** Settings that the row expresses. False: the value is not what the grammar allows. */
const MODELLED: ReadonlyArray<readonly [RegExp, (port: Settings, match: RegExpExecArray) => unknown]> = [
  [/^(undo )?shutdown$/, ({ row }, [, undo]) => Object.assign(row, { adminUp: undo !== undefined })],
  [/^description (.*)$/, ({ row }, [, description]) => Object.assign(row, { description })],
  [/^mtu (\d{2,5})$/, ({ row }, [, mtu]) => Object.assign(row, { mtu: Number(mtu) })],
  [/^(undo )?portswitch$/, (port, [, undo]) => Object.assign(port, { routed: undo !== undefined })],
  [/^ip(?:v6)? address /, (port) => Object.assign(port, { routed: true })],
  [/^eth-trunk (\d{1,5})$/, ({ row }, [, id]) => Object.assign(row, { lag: `Eth-Trunk${id}` })],
  [/^port link-type (access|trunk)$/, (port, [, linkType]) => Object.assign(port, { linkType })],
  [/^port link-type (\S+)$/, otherLinkType],
  [/^port default vlan (\d+)$/, (port, [, id = '']) => setVlan(port, 'access', id)],
  [/^port trunk pvid vlan (\d+)$/, (port, [, id = '']) => setVlan(port, 'trunkPvid', id)],
  [/^undo port trunk allow-pass vlan (.+)$/, ({ allowed }, [, list = '']) => each(list, (id) => allowed.delete(id))],
  [/^port trunk allow-pass vlan (.+)$/, ({ allowed }, [, list = '']) => each(list, (id) => allowed.add(id))],
  [/^port hybrid pvid vlan (\d+)$/, (port, [, id = '']) => setVlan(port, 'hybridPvid', id)],
  [/^undo port hybrid vlan (.+)$/, (port, [, list = '']) => hybridVlans(port, list, null)],
  [
    /^port hybrid (tagged|untagged) vlan (.+)$/,
    (port, [, how, list = '']) => hybridVlans(port, list, how === 'tagged'),
  ],
];

/** Hybrid, dot1q-tunnel and negotiated ports are not ours to write. */
function otherLinkType(port: Settings, [setting, type]: RegExpExecArray): void {
  port.linkType = type === 'hybrid' ? 'hybrid' : 'other';
  port.foreign.push(setting);
}

function setVlan(port: Settings, field: 'access' | 'trunkPvid' | 'hybridPvid', text: string): boolean {
  const id = vlanId(text);
  if (id !== null) port[field] = id;
  return id !== null;
}

function each(list: string, apply: (id: number) => void): boolean {
  const ids = vlanList(list);
  ids?.forEach(apply);
  return ids !== null;
}

function hybridVlans(port: Settings, list: string, tagged: boolean | null): boolean {
  return each(list, (id) => {
    port.hybridTagged.delete(id);
    port.hybridUntagged.delete(id);
    if (tagged !== null) (tagged ? port.hybridTagged : port.hybridUntagged).add(id);
  });
}

function silent(portId: string): Settings {
  const base = { portId, adminUp: true, operUp: null, mode: null, untagged: null, tagged: null };
  return {
    row: { ...base, lag: null, description: null, mtu: null },
    ...{ linkType: null, routed: false, implied: 'access', access: 1, trunkPvid: 1, allowed: new Set([1]) },
    ...{ hybridPvid: 1, hybridTagged: new Set(), hybridUntagged: new Set([1]) },
    foreign: [],
  };
}

function rowOf(port: Settings): PortRow {
  const { row, hybridPvid } = port;
  const linkType = port.linkType ?? port.implied;
  if (linkType === 'other') return { ...row, mode: 'other' };
  if (port.routed || !isSwitchPort(row.portId)) return { ...row, mode: 'routed' };
  if (linkType === 'hybrid') {
    const untagged = port.hybridUntagged.has(hybridPvid) ? hybridPvid : null;
    return { ...row, mode: 'other', untagged, tagged: ascending(port.hybridTagged) };
  }
  if (linkType === 'trunk') return { ...row, mode: 'trunk', ...trunkVlans(ascending(port.allowed), port.trunkPvid) };
  return { ...row, mode: 'access', untagged: port.access, tagged: [] };
}

function ascending(ids: ReadonlySet<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}
