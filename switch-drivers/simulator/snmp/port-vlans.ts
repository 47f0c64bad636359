import { ascending } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';

/** The VLANs of a port as Q-BRIDGE-MIB keeps them. */
export interface SimPortVlans {
  pvid: number;
  egress: number[];
  untagged: number[];
  taggedOnly: boolean;
  filtering: boolean;
}

const KEPT = 'q-bridge ';

/** What was set over SNMP, or else what the model's own settings amount to. */
export function portVlans(port: SimPortConfig, { vlans }: Pick<SimConfig, 'vlans'>): SimPortVlans {
  const kept = port.extra.find((row) => row.startsWith(KEPT));
  if (kept !== undefined) {
    const stored = JSON.parse(kept.slice(KEPT.length)) as SimPortVlans;
    const { allowed, nativeVlan } = carried(stored);
    if (port.mode === 'trunk' && port.nativeVlan === nativeVlan && `${port.allowed}` === `${allowed}`) return stored;
  }
  if (port.mode !== 'trunk') {
    return {
      pvid: port.accessVlan,
      egress: [port.accessVlan],
      untagged: [port.accessVlan],
      taggedOnly: false,
      filtering: true,
    };
  }
  const egress = port.allowed === 'all' ? Object.keys(vlans).map(Number) : port.allowed;
  const native = port.nativeVlan === 'tag' || !egress.includes(port.nativeVlan) ? null : port.nativeVlan;
  return {
    pvid: native ?? 1,
    egress: [...egress],
    untagged: native === null ? [] : [native],
    taggedOnly: native === null,
    filtering: true,
  };
}

export function setPortVlans(port: SimPortConfig, vlans: SimPortVlans): void {
  const kept = { ...vlans, egress: ascending(vlans.egress), untagged: ascending(vlans.untagged) };
  Object.assign(port, { mode: 'trunk', routed: false, ...carried(kept) });
  port.extra = [...port.extra.filter((row) => !row.startsWith(KEPT)), `${KEPT}${JSON.stringify(kept)}`];
}

/** Out of the box: untagged in VLAN 1, ingress filtering off (the default of RFC 4363). */
export function factoryVlans(): Partial<SimPortConfig> {
  const factory = { pvid: 1, egress: [1], untagged: [1], taggedOnly: false, filtering: false };
  return { mode: 'trunk', ...carried(factory), extra: [`${KEPT}${JSON.stringify(factory)}`] };
}

/**
 * What really flows. Untagged frames come into the PVID also where the port is no member of that VLAN, unless ingress
 * filtering drops them (IEEE 802.1Q-2018 8.6.2).
 */
function carried({ pvid, egress, taggedOnly, filtering }: SimPortVlans): Pick<SimPortConfig, 'allowed' | 'nativeVlan'> {
  const enters = !taggedOnly && (egress.includes(pvid) || !filtering);
  return { allowed: ascending(enters ? [...egress, pvid] : egress), nativeVlan: enters ? pvid : 'tag' };
}
