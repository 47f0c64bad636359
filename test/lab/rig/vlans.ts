import type { NetworkRole } from '../../../topology/networks/network.ts';

export interface LabVlan {
  /** Also the name of the rack's own interface in it. */
  name: string;
  vlan: number;
  /** Set where the controller provisions. */
  role?: NetworkRole;
  /** First three octets of the /24; the rack's own end is .1. */
  prefix?: string;
}

/** What the controller has an interface in. */
export const ROLE_VLANS = [
  { name: 'inspection', vlan: 101, role: 'inspection', prefix: '10.101.0' },
  { name: 'provisioning', vlan: 102, role: 'provisioning', prefix: '10.102.0' },
  { name: 'cleaning', vlan: 103, role: 'cleaning', prefix: '10.103.0' },
  { name: 'idle', vlan: 199, role: 'idle' },
] as const satisfies LabVlan[];

/** Each has a namespace of its own. Both use the same addresses, so that only the VLAN keeps them apart. */
export const TENANT_VLANS = [
  { name: 'red', vlan: 201, prefix: '192.0.2' },
  { name: 'blue', vlan: 202, prefix: '192.0.2' },
] as const satisfies LabVlan[];

export const VLANS: readonly LabVlan[] = [...ROLE_VLANS, ...TENANT_VLANS];
export const QUARANTINE = 199;
export const MANAGED_VLANS = '101-199,201-202';

export type TenantName = (typeof TENANT_VLANS)[number]['name'];
export type VlanName = (typeof ROLE_VLANS)[number]['name'] | TenantName;
