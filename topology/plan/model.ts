/** What one switch port is configured to be. VLAN ids are 1..4094. */
export interface PortSettings {
  adminUp: boolean;
  mode: 'access' | 'trunk';
  /** access: the VLAN. trunk: the native VLAN, null = untagged frames are dropped. */
  untagged: number | null;
  /** trunk: the whole allowed set besides the native VLAN, ascending. access: []. */
  tagged: number[];
}

/** One port as read from the switch. */
export interface PortState extends PortSettings {
  /** The switch's own canonical name, as its port list gives it. */
  portId: string;
  /** Carrier; null where the switch does not say. */
  operUp: boolean | null;
  /** LAG interface this port is a member of. */
  lag: string | null;
  description: string | null;
  /** True: something on the port that our model cannot express (QinQ, routed port ...); such a port is never written. */
  foreign?: string | null;
}

/** A switch as read: ports by portId, VLANs that exist (null: the switch needs no VLAN creation, e.g. OVS). */
export interface SwitchState {
  ports: Map<string, PortState>;
  vlans: Set<number> | null;
}

/** Whose segment an intent puts on the port; what rules 1, 5 and 6 reason about. */
export type IntentOwner =
  | { kind: 'idle' }
  | { kind: 'role'; role: string }
  | { kind: 'tenant'; projectId: string | null; networkId: string };

export interface PortIntent {
  portId: string;
  settings: PortSettings;
  owner: IntentOwner;
  /** Grows by one with each change of the intent; a worker marks what it applied with it. */
  generation: number;
}

/** What this controller was given on a switch (rule 4): anything else is never written. */
export interface ManagedScope {
  ports: ReadonlySet<string>;
  /** Inclusive VLAN id ranges. The idle VLAN must be inside. */
  vlans: ReadonlyArray<readonly [number, number]>;
  /** VLAN id of the quarantine. */
  idleVlan: number;
}

/** One change, in an order that is safe after every element. */
export type Change =
  | { op: 'vlan-create'; vlan: number; name: string }
  | { op: 'port-set'; portId: string; settings: PortSettings };

export interface Plan {
  changes: Change[];
  /** State of each touched port before, to undo to. */
  before: Map<string, PortSettings>;
  /** State of each touched port after, to compare the read-back with. */
  after: Map<string, PortSettings>;
}

export interface Violation {
  /** Number in design §5. */
  rule: number;
  portId: string | null;
  message: string;
}
