/** How a network is carried (Neutron's provider attributes). */
export type NetworkType = 'flat' | 'vlan' | 'vxlan';

/** The networks a node passes through that belong to the operator, not to a tenant. `idle` is the quarantine. */
export type NetworkRole = 'inspection' | 'provisioning' | 'cleaning' | 'rescuing' | 'servicing' | 'idle';

/** Where a node's ports are to be: a role network, or its tenant VIFs. */
export type Placement = NetworkRole | 'tenant';

export interface Segment {
  networkType: NetworkType;
  /** null: any. */
  physicalNetwork: string | null;
  /** VLAN id (1..4094) or VNI (1..16777215); null for flat. */
  segmentationId: number | null;
}

export interface Network {
  id: string;
  name: string;
  /** Set on operator networks only; at most one network a role. */
  role: NetworkRole | null;
  /** Owner; null = the operator's. */
  projectId: string | null;
  /** True: its owner lets other projects attach (design §5 rule 6). */
  shared: boolean;
  segment: Segment;
}
