/** How a port carries VLANs at one instant. */
export type OperationalMode = 'access' | 'trunk' | 'dot1q-tunnel';

/** What a partner says in the Dynamic Trunking Protocol: nothing, or the mode its own port has. */
export type DtpPartner = 'silent' | 'trunk' | 'dynamic auto' | 'dynamic desirable';

/** Configuration of one interface, as a switch keeps it: what the other mode would use stays stored. */
export interface SimPortConfig {
  adminUp: boolean;
  /** True: no switch port but a routed interface. */
  routed: boolean;
  /** Dynamic: access unless the partner agrees on a trunk (see operationalMode). */
  mode: OperationalMode | 'dynamic auto' | 'dynamic desirable';
  accessVlan: number;
  /** `tag`: untagged frames are dropped. */
  nativeVlan: number | 'tag';
  allowed: number[] | 'all';
  /** LAG interface this one is a member of. */
  lag: string | null;
  description: string | null;
  /** Settings that the model has no meaning for, as configured. */
  extra: string[];
}

export interface SimVlan {
  name: string;
  active: boolean;
}

export interface SimConfig {
  hostname: string;
  vlans: Record<number, SimVlan>;
  /** Physical ports, and LAG interfaces once configured. */
  ports: Record<string, SimPortConfig>;
}

/** A dynamic port trunks when its partner wants a trunk; a desirable one also when the partner merely agrees. */
export function operationalMode(mode: SimPortConfig['mode'], partner: DtpPartner): OperationalMode {
  if (mode !== 'dynamic auto' && mode !== 'dynamic desirable') return mode;
  const agreed =
    partner === 'trunk' ||
    partner === 'dynamic desirable' ||
    (partner === 'dynamic auto' && mode === 'dynamic desirable');
  return agreed ? 'trunk' : 'access';
}

/** A port as it comes out of the box: enabled, untagged in VLAN 1, but for what the vendor does otherwise. */
export function factoryPort(
  mode: SimPortConfig['mode'] = 'access',
  vendor: Partial<SimPortConfig> = {},
): SimPortConfig {
  return {
    adminUp: true,
    routed: false,
    mode,
    accessVlan: 1,
    nativeVlan: 1,
    allowed: 'all',
    lag: null,
    description: null,
    extra: [],
    ...structuredClone(vendor),
  };
}

export function factoryConfig(hostname: string, ports: readonly string[], vendor: Partial<SimPortConfig>): SimConfig {
  return {
    hostname,
    vlans: { 1: { name: 'default', active: true } },
    ports: Object.fromEntries(ports.map((port) => [port, factoryPort(vendor.mode, vendor)])),
  };
}
