/** VLANs of one port as the MIB keeps them: what a change starts from, and what it leads to. */
export interface PortVlans {
  adminUp: boolean;
  /** Where untagged frames go that come in; null in what is wanted: whatever it is. */
  pvid: number | null;
  /** VLANs whose frames may leave, ascending. */
  egress: readonly number[];
  /** Those of them that leave without a tag. */
  untagged: readonly number[];
  /** Frames that may come in; null: the agent cannot tell or be told. */
  frames: 'all' | 'tagged' | null;
  /** Are frames of other VLANs than `egress` dropped when they come in? null: the agent cannot tell or be told. */
  filtering: boolean | null;
  /** May whoever is plugged in join VLANs by GVRP? */
  gvrp: boolean;
}

/** A port as read. */
export interface BridgePort extends PortVlans {
  portId: string;
  /** dot1dBasePort: its number in PortLists. */
  bridgePort: number;
  ifIndex: number;
  aliases: readonly string[];
  operUp: boolean | null;
  lag: string | null;
  description: string | null;
  /** VLANs that it may not join (dot1qVlanForbiddenEgressPorts). */
  forbidden: readonly number[];
  /** VLANs with the bit of the port among the untagged ones, in `egress` or not. */
  untaggedBits: readonly number[];
  /** VLANs that it carries although management did not put it there. */
  dynamic: readonly number[];
  /** VLANs that frames get by their protocol (dot1vProtocolPortTable). */
  byProtocol: readonly number[];
}

export interface BridgeTables {
  ports: ReadonlyMap<string, BridgePort>;
  /** VLANs that exist by management, and whether they are active. */
  vlans: ReadonlyMap<number, { active: boolean }>;
  /** Octets of the longest PortList of the agent. */
  listLength: number;
}
