import type { BridgePort, BridgeTables, PortVlans } from './model.ts';
import { needsDown, type Step, stepsTo } from './steps.ts';

/** What ports shall be before anything further is done. */
export type Stage = ReadonlyMap<string, PortVlans>;

/** A port that has to be down for a change goes down in a stage of its own, and comes up in one: each is read back. */
export function stagesTo(tables: BridgeTables, wanted: Stage): Stage[] {
  const [down, between, up] = [new Map(), new Map(), new Map()] as Array<Map<string, PortVlans>>;
  for (const [portId, vlans] of wanted) {
    const port = tables.ports.get(portId);
    if (port === undefined) continue;
    const moves = stepsTo(port, { ...vlans, adminUp: port.adminUp }).length > 0;
    const quietly = moves && (needsDown(port, vlans) || !port.adminUp || !vlans.adminUp);
    if (quietly && port.adminUp) down?.set(portId, { ...asIs(port), adminUp: false });
    between?.set(portId, quietly ? { ...vlans, adminUp: false } : vlans);
    if (quietly && vlans.adminUp) up?.set(portId, vlans);
  }
  return [down, between, up].filter((stage): stage is Map<string, PortVlans> => (stage?.size ?? 0) > 0);
}

export function stepsOfStage(tables: BridgeTables, stage: Stage): Step[] {
  return [...stage].flatMap(([portId, vlans]) => {
    const port = tables.ports.get(portId);
    return port === undefined ? [] : stepsTo(port, vlans);
  });
}

/** The tables as a stage leaves them. */
export function afterStage(tables: BridgeTables, stage: Stage): BridgeTables {
  const ports = new Map(tables.ports);
  for (const [portId, vlans] of stage) {
    const port = ports.get(portId);
    if (port !== undefined) ports.set(portId, afterChange(port, vlans));
  }
  return { ...tables, ports };
}

/** What a port is, as something that can be wanted. */
export function asIs({ adminUp, pvid, egress, untagged, frames, filtering, gvrp }: BridgePort): PortVlans {
  return { adminUp, pvid, egress, untagged, frames, filtering, gvrp };
}

function afterChange(port: BridgePort, wanted: PortVlans): BridgePort {
  const { pvid, frames, filtering, ...rest } = wanted;
  const ineffective = port.untaggedBits.filter((vlan) => !port.egress.includes(vlan) && !wanted.egress.includes(vlan));
  return {
    ...port,
    ...rest,
    pvid: pvid ?? port.pvid,
    frames: frames ?? port.frames,
    filtering: filtering ?? port.filtering,
    untaggedBits: [...ineffective, ...wanted.untagged],
  };
}
