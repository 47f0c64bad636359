import type { PortRow } from '../contract/rows.ts';
import { vlanId } from './noise.ts';
import { trunkVlans, vlanList } from './vlan-list.ts';

/** What the configuration says about one interface, defaults included: access, VLAN 1; trunk and hybrid, VLAN 1 alone. */
export interface ConfiguredPort {
  row: PortRow;
  /** Null: not printed, hence the default. */
  linkType: 'access' | 'trunk' | 'hybrid' | 'other' | null;
  routed: boolean;
  access: number;
  trunkPvid: number;
  allowed: Set<number>;
  hybridPvid: number;
  hybridTagged: Set<number>;
  hybridUntagged: Set<number>;
  /** Settings that a row has no word for. */
  foreign: string[];
}

/** A setting that the row expresses. False: the value is not what the grammar allows. */
export type SettingRule = readonly [pattern: RegExp, take: (port: ConfiguredPort, match: RegExpExecArray) => unknown];

export function silentPort(portId: string): ConfiguredPort {
  const base = { portId, adminUp: true, operUp: null, mode: null, untagged: null, tagged: null };
  return {
    row: { ...base, lag: null, description: null, mtu: null },
    ...{ linkType: null, routed: false, access: 1, trunkPvid: 1, allowed: new Set([1]) },
    ...{ hybridPvid: 1, hybridTagged: new Set(), hybridUntagged: new Set([1]) },
    foreign: [],
  };
}

/** The rules that Comware and VRP share; `access` and `list` are the words before an access VLAN and a trunk's list. */
export function settingRules(access: string, list: string): SettingRule[] {
  return [
    [/^(undo )?shutdown$/, ({ row }, [, undo]) => Object.assign(row, { adminUp: undo !== undefined })],
    [/^description (.*)$/, ({ row }, [, description]) => Object.assign(row, { description })],
    [/^mtu (\d{2,5})$/, ({ row }, [, mtu]) => Object.assign(row, { mtu: Number(mtu) })],
    [/^port link-type (access|trunk)$/, (port, [, linkType]) => Object.assign(port, { linkType })],
    [/^port link-type (\S+)$/, otherLinkType],
    [new RegExp(`^${access} (\\d+)$`), (port, [, id = '']) => setVlan(port, 'access', id)],
    [/^port trunk pvid vlan (\d+)$/, (port, [, id = '']) => setVlan(port, 'trunkPvid', id)],
    [new RegExp(`^undo ${list} (.+)$`), ({ allowed }, [, ids = '']) => each(ids, (id) => allowed.delete(id))],
    [new RegExp(`^${list} (.+)$`), ({ allowed }, [, ids = '']) => each(ids, (id) => allowed.add(id))],
    [/^port hybrid pvid vlan (\d+)$/, (port, [, id = '']) => setVlan(port, 'hybridPvid', id)],
    [/^undo port hybrid vlan (.+)$/, (port, [, ids = '']) => hybridVlans(port, ids, null)],
  ];
}

/** Hybrid, QinQ and negotiated ports are not ours to write, even where access or trunk would do. */
function otherLinkType(port: ConfiguredPort, [setting, type]: RegExpExecArray): void {
  port.linkType = type === 'hybrid' ? 'hybrid' : 'other';
  port.foreign.push(setting);
}

function setVlan(port: ConfiguredPort, field: 'access' | 'trunkPvid' | 'hybridPvid', text: string): boolean {
  const id = vlanId(text);
  if (id !== null) port[field] = id;
  return id !== null;
}

function each(list: string, apply: (id: number) => void): boolean {
  const ids = vlanList(list);
  ids?.forEach(apply);
  return ids !== null;
}

/** Adds VLANs to a hybrid port, with a tag or without; null takes them away. */
export function hybridVlans(port: ConfiguredPort, list: string, tagged: boolean | null): boolean {
  return each(list, (id) => {
    port.hybridTagged.delete(id);
    port.hybridUntagged.delete(id);
    if (tagged !== null) (tagged ? port.hybridTagged : port.hybridUntagged).add(id);
  });
}

/** What a port of the link type carries. */
export function layer2(
  port: ConfiguredPort,
  linkType: NonNullable<ConfiguredPort['linkType']>,
): Pick<PortRow, 'mode' | 'untagged' | 'tagged'> {
  if (linkType === 'access') return { mode: 'access', untagged: port.access, tagged: [] };
  if (linkType === 'trunk') return { mode: 'trunk', ...trunkVlans(ascending(port.allowed), port.trunkPvid) };
  if (linkType === 'other') return { mode: 'other', untagged: null, tagged: null };
  const untagged = port.hybridUntagged.has(port.hybridPvid) ? port.hybridPvid : null;
  return { mode: 'other', untagged, tagged: ascending(port.hybridTagged) };
}

function ascending(ids: ReadonlySet<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}

/** For platforms whose configuration is silent about access, the default. */
export function withLinkType(block: readonly string[]): string[] {
  const told = block.some((text) => text.startsWith('port link-type '));
  return told ? [...block] : ['port link-type access', ...block];
}
