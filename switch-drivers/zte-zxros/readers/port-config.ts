import { outputReader, type PortRow, type VlanRow } from '../../contract/rows.ts';
import { isSwitchPort } from '../port-names.ts';
import { type PortBlock, readConfig } from './config.ts';

/** The VLANs that are configured. Their members are configured at the ports. */
export const vlanConfig = outputReader({
  kind: 'vlans',
  command: /^show running-config switchvlan$/,
  read(output) {
    const { vlans, unparsed } = readConfig(output);
    const rows = [...vlans].map(([vlan, name]): VlanRow => ({ vlan, name, active: null, ports: null }));
    return { rows, unparsed };
  },
});

/** Ports from either part of the configuration, or from both in one text. */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show running-config(?:-interface \S+| switchvlan| if-intf| interface \S+)$/,
  read(output) {
    const { ports, unparsed } = readConfig(output);
    return { rows: [...ports.values()].filter(({ portId }) => isSwitchPort(portId)).map(rowOf), unparsed };
  },
});

/** Layer 2 settings that a PortRow cannot express, by port, as the configuration writes them. */
export function foreignSettings(output: string): Map<string, string[]> {
  const foreign = new Map<string, string[]>();
  for (const { portId, foreign: lines, untagged, native } of readConfig(output).ports.values()) {
    // A hybrid port may send several VLANs without a tag.
    const more = untagged
      .filter((vlan) => vlan !== (native ?? 1))
      .map((vlan) => `switchport hybrid vlan ${vlan} untag`);
    if (lines.length + more.length > 0) foreign.set(portId, [...lines, ...more]);
  }
  return foreign;
}

function rowOf(block: PortBlock): PortRow {
  return {
    portId: block.portId,
    // ROS prints `shutdown` only. What ZXROS has as its default differs by product, which prints either.
    adminUp: block.shutdown === null ? (isRos(block.portId) ? true : null) : !block.shutdown,
    operUp: null,
    ...membership(block),
    lag: block.lag,
    description: block.description,
    mtu: block.mtu,
  };
}

function isRos(portId: string): boolean {
  return portId.includes('_');
}

function membership(block: PortBlock): Pick<PortRow, 'mode' | 'untagged' | 'tagged'> {
  if (block.lag !== null && block.mode === null) return { mode: null, untagged: null, tagged: null };
  if (block.routed) return { mode: 'routed', untagged: null, tagged: [] };
  // Whether a port of ZXROS is a layer 2 one by default differs by product.
  if (!block.switching && !isRos(block.portId)) return { mode: null, untagged: null, tagged: null };
  if (block.mode === null || block.mode === 'access')
    return { mode: 'access', untagged: block.access ?? 1, tagged: [] };
  const untagged = block.native ?? 1;
  const tagged = [...new Set(block.tagged)].filter((vlan) => vlan !== untagged).sort((a, b) => a - b);
  // A trunk's native VLAN is 1 by default. A hybrid port tells for each VLAN whether it is tagged.
  return { mode: block.mode === 'trunk' ? 'trunk' : 'other', untagged, tagged };
}
