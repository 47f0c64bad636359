import type { PortState } from '../../../topology/plan/model.ts';
import type { Parsed, PortRow, VlanRow } from '../../contract/rows.ts';
import type { PortTable } from './platform.ts';
import { EVERY_VLAN } from './settings.ts';

/** The outputs that together say what the ports of a switch are. Rows of one port are put together by its name. */
export interface PortSources {
  /** Settings as configured, defaults included. */
  config: Parsed<PortRow>;
  /** Link state, and ports about which the configuration is silent. */
  status: Parsed<PortRow>;
  /** What is in effect, where the configuration alone does not tell it (a negotiated mode); it wins over `config`. */
  effective?: Parsed<PortRow>;
  vlans: Parsed<VlanRow>;
  /** Per port, settings about layer 2 that our model has no word for. */
  foreign: ReadonlyMap<string, readonly string[]>;
  blocks?: ReadonlyMap<string, readonly string[]>;
  isSwitchPort(portId: string): boolean;
}

export function portTable(sources: PortSources): PortTable {
  const { config, status, effective, vlans, blocks, isSwitchPort } = sources;
  const [configured, linked, inEffect] = [config, status, effective].map(
    (parsed) => new Map(parsed?.rows.map((row) => [row.portId, row])),
  ) as [Map<string, PortRow>, Map<string, PortRow>, Map<string, PortRow>];
  const names = [...new Set([...configured.keys(), ...linked.keys(), ...inEffect.keys()])].filter(isSwitchPort);
  return {
    ports: names
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((portId) => portState(portId, configured.get(portId), linked.get(portId), inEffect.get(portId), sources)),
    vlans: vlans.rows
      .filter(({ active }) => active !== false)
      .map(({ vlan }) => vlan)
      .toSorted((a, b) => a - b),
    ...(blocks && { blocks }),
    unparsed: [config, status, effective, vlans].flatMap((parsed) => parsed?.unparsed ?? []),
  };
}

function portState(
  portId: string,
  configured: PortRow | undefined,
  linked: PortRow | undefined,
  inEffect: PortRow | undefined,
  { foreign: settings }: PortSources,
): PortState {
  const layer2 = inEffect?.mode ? inEffect : (configured ?? linked);
  const lag = configured?.lag ?? inEffect?.lag ?? linked?.lag ?? null;
  const base = {
    portId,
    adminUp: configured?.adminUp ?? linked?.adminUp ?? true,
    operUp: linked?.operUp ?? inEffect?.operUp ?? null,
    lag,
    description: configured?.description ?? linked?.description ?? null,
  };
  const foreign = foreignReason(lag, layer2, settings.get(portId));
  if (foreign !== null || !layer2 || (layer2.mode !== 'access' && layer2.mode !== 'trunk')) {
    return { ...base, mode: 'access', untagged: null, tagged: [], foreign };
  }
  const { mode, untagged } = layer2;
  const tagged = layer2.tagged === 'all' ? EVERY_VLAN : (layer2.tagged ?? []);
  return { ...base, mode, untagged, tagged: tagged.filter((vlan) => vlan !== untagged), foreign };
}

/** Why a port is not ours to write; null when it is. */
function foreignReason(
  lag: string | null,
  layer2: PortRow | undefined,
  settings: readonly string[] | undefined,
): string | null {
  if (lag !== null) return `it is a member of ${lag}`;
  if (!layer2 || layer2.mode === null) return 'its mode could not be read';
  if (layer2.mode === 'routed') return 'it is a routed port';
  if (settings?.[0] !== undefined) return `it has "${settings[0]}"`;
  if (layer2.mode === 'other') return 'it is in a mode that this controller has no word for';
  if (layer2.tagged === null || (layer2.mode === 'access' && layer2.untagged === null))
    return 'its VLANs could not be read';
  return null;
}
