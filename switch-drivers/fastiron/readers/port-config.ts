import { outputReader, type PortRow, type VlanRow } from '../../contract/rows.ts';
import { isSwitchPort } from '../port-names.ts';
import { type Config, readConfig } from './config.ts';

/** The VLANs with their members: membership lives here, not at the port. */
export const vlanConfig = outputReader({
  kind: 'vlans',
  command: /^show running-config vlan(?: \d{1,4})?$/,
  read(output) {
    const { vlans, unparsed } = readConfig(output);
    const rows = vlans.map(
      (vlan): VlanRow => ({
        vlan: vlan.vlan,
        name: vlan.name,
        active: null,
        ports: [
          ...vlan.untagged.map((portId) => ({ portId, tagged: false })),
          ...vlan.tagged.map((portId) => ({ portId, tagged: true })),
        ],
      }),
    );
    return { rows, unparsed };
  },
});

/**
 * The ports. `show running-config interface` names only ports with settings of their own and has no VLANs; given that
 * together with the `vlan` and `lag` parts, the rows say everything about every port that any part names.
 */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show running-config (?:interface(?: .+)?|lag)$/,
  read(output) {
    const config = readConfig(output);
    return { rows: portNames(config).map((portId) => rowOf(config, portId)), unparsed: config.unparsed };
  },
});

/** Layer 2 settings that a PortRow cannot express, by port, as the configuration writes them. */
export function foreignSettings(output: string): Map<string, string[]> {
  const foreign = new Map<string, string[]>();
  const add = (portId: string, lines: readonly string[]) => {
    if (lines.length > 0) foreign.set(portId, [...(foreign.get(portId) ?? []), ...lines]);
  };
  const { vlans, interfaces } = readConfig(output);
  for (const { ports, foreign: lines, dualMode } of interfaces) {
    const dual = dualMode === null ? [] : [`dual-mode ${dualMode}`];
    for (const portId of ports) add(portId, [...lines, ...dual]);
  }
  for (const vlan of vlans) {
    for (const portId of new Set([...vlan.untagged, ...vlan.tagged])) {
      add(
        portId,
        vlan.foreign.map((line) => `vlan ${vlan.vlan}: ${line}`),
      );
    }
  }
  return foreign;
}

function portNames({ vlans, interfaces, lags }: Config): string[] {
  return [
    ...new Set([
      ...interfaces.flatMap(({ ports }) => ports),
      ...lags.flatMap(({ lag, members }) => [lag, ...members]),
      ...vlans.flatMap(({ untagged, tagged, notUntagged }) => [...untagged, ...tagged, ...notUntagged]),
    ]),
  ].filter(isSwitchPort);
}

function rowOf(config: Config, portId: string): PortRow {
  const blocks = config.interfaces.filter(({ ports }) => ports.includes(portId));
  const lag = config.lags.find(({ members }) => members.includes(portId)) ?? null;
  return {
    portId,
    adminUp: blocks.every(({ adminUp }) => adminUp) && !config.lags.some(({ down }) => down.includes(portId)),
    operUp: null,
    ...membership(config, portId, lag !== null),
    lag: lag?.lag ?? null,
    description: blocks.find(({ description }) => description !== null)?.description ?? null,
    mtu: null,
  };
}

type Membership = Pick<PortRow, 'mode' | 'untagged' | 'tagged'>;

function membership(config: Config, portId: string, inLag: boolean): Membership {
  const blocks = config.interfaces.filter(({ ports }) => ports.includes(portId));
  const dualMode = blocks.find((block) => block.dualMode !== null)?.dualMode ?? null;
  if (blocks.some(({ routed }) => routed)) return { mode: 'routed', untagged: null, tagged: [] };
  if (config.vlans.length === 0)
    return { mode: null, untagged: typeof dualMode === 'number' ? dualMode : null, tagged: null };

  const defaultVlan = config.vlans.find(({ name }) => name === 'DEFAULT-VLAN') ?? null;
  const explicit = config.vlans.filter(({ untagged }) => untagged.includes(portId)).map(({ vlan }) => vlan);
  const tagged = config.vlans.filter((vlan) => vlan.tagged.includes(portId)).map(({ vlan }) => vlan);
  // The members of a LAG have the VLANs of the LAG, which are written at its interface or its primary port.
  if (inLag && explicit.length === 0 && tagged.length === 0) return { mode: null, untagged: null, tagged: null };
  if (explicit.length > 1) return { mode: 'other', untagged: null, tagged };

  const leftDefault = defaultVlan?.notUntagged.includes(portId) ?? false;
  const staysInDefault = tagged.length === 0 || dualMode === 'default' || keepsDefaultVlan(config.release);
  const inDefault = staysInDefault && !leftDefault ? (defaultVlan?.vlan ?? null) : null;
  const untagged = explicit[0] ?? (typeof dualMode === 'number' ? dualMode : inDefault);
  const withTag = tagged.filter((vlan) => vlan !== untagged).sort((a, b) => a - b);
  return { mode: tagged.length > 0 || untagged === null ? 'trunk' : 'access', untagged, tagged: withTag };
}

/**
 * From 08.0.80 on a port that is tagged in some VLAN stays in the default VLAN without a tag, until it is taken out.
 */
export function keepsDefaultVlan(release: string | null): boolean {
  const match = /^(\d{1,2})\.(\d)\.(\d{2})/.exec(release ?? '');
  if (!match) return false;
  return Number(match[1]) * 1000 + Number(match[2]) * 100 + Number(match[3]) >= 8080;
}
