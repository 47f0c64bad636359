import { type DtpPartner, type OperationalMode, operationalMode, type SimConfig } from './config.ts';

/** What a port does at one instant. VLANs that do not exist or are suspended are not carried, hence not listed. */
export interface SimPortState {
  portId: string;
  adminUp: boolean;
  operUp: boolean;
  mode: OperationalMode;
  untagged: number | null;
  tagged: number[];
  lag: string | null;
}

/** What a configuration makes of a port whose cable is as it is. */
export function deriveState(
  running: Readonly<SimConfig>,
  portId: string,
  link: { up: boolean; partner: DtpPartner },
): SimPortState {
  const own = running.ports[portId]!;
  // A LAG member does what its LAG is configured to do.
  const config = own.lag === null ? own : (running.ports[own.lag] ?? own);
  const adminUp = own.adminUp && config.adminUp;
  const exists = (vlan: number) => running.vlans[vlan]?.active === true;
  const only = (vlan: number) => (exists(vlan) ? vlan : null);
  const mode = operationalMode(config.mode, link.partner);
  const base = { portId, adminUp, operUp: adminUp && link.up, mode, lag: own.lag };
  if (config.routed) return { ...base, untagged: null, tagged: [] };
  if (mode !== 'trunk') return { ...base, untagged: only(config.accessVlan), tagged: [] };
  const allowed = (config.allowed === 'all' ? Object.keys(running.vlans).map(Number) : config.allowed).filter(exists);
  const native = config.nativeVlan === 'tag' || !allowed.includes(config.nativeVlan) ? null : config.nativeVlan;
  return { ...base, untagged: native, tagged: allowed.filter((vlan) => vlan !== native) };
}
