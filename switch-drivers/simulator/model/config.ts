/** Configuration of one interface, as a switch keeps it: what the other mode would use stays stored. */
export interface SimPortConfig {
  adminUp: boolean;
  /** True: no switch port but a routed interface. */
  routed: boolean;
  mode: 'access' | 'trunk' | 'dot1q-tunnel';
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

/** A port as it comes out of the box: enabled, untagged in VLAN 1. */
export function factoryPort(): SimPortConfig {
  return {
    adminUp: true,
    routed: false,
    mode: 'access',
    accessVlan: 1,
    nativeVlan: 1,
    allowed: 'all',
    lag: null,
    description: null,
    extra: [],
  };
}

export function factoryConfig(hostname: string, ports: readonly string[]): SimConfig {
  return {
    hostname,
    vlans: { 1: { name: 'default', active: true } },
    ports: Object.fromEntries(ports.map((port) => [port, factoryPort()])),
  };
}
