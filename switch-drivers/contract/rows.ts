/**
 * What one command of a device prints, in words that are the same for all vendors. `null` stands for what the output does
 * not say. Port names are canonical: what `read()` and `describe()` of the driver call the port.
 */

export interface VersionRow {
  model: string | null;
  version: string | null;
  hostname: string | null;
  serial: string | null;
}

export interface VlanMember {
  portId: string;
  tagged: boolean | null;
}

export interface VlanRow {
  vlan: number;
  name: string | null;
  /** false: suspended or shut down, it carries no frames. */
  active: boolean | null;
  /** null: the output lists no members. */
  ports: VlanMember[] | null;
}

export interface PortRow {
  portId: string;
  adminUp: boolean | null;
  operUp: boolean | null;
  /** routed: not a switch port. other: a mode that the contract has no word for (QinQ, private VLAN ...). */
  mode: 'access' | 'trunk' | 'routed' | 'other' | null;
  /** access: its VLAN; trunk: the native VLAN. */
  untagged: number | null;
  /** trunk: the VLANs that pass with a tag, ascending; `all`: whatever exists. */
  tagged: number[] | 'all' | null;
  /** LAG the port is a member of. */
  lag: string | null;
  description: string | null;
  mtu: number | null;
}

export interface LagRow {
  lag: string;
  protocol: 'lacp' | 'static' | null;
  operUp: boolean | null;
  members: Array<{ portId: string /** Takes part in forwarding. */; bundled: boolean | null }>;
}

/** What the switch heard over LLDP. Subtypes: IEEE 802.1AB tables 8-2 and 8-3. MAC addresses lower case with colons. */
export interface NeighborRow {
  portId: string;
  chassisIdSubtype: number | null;
  chassisId: string | null;
  portIdSubtype: number | null;
  remotePortId: string | null;
  portDescription: string | null;
  systemName: string | null;
  systemDescription: string | null;
  managementAddresses: string[];
}

export interface MacRow {
  mac: string;
  vlan: number | null;
  portId: string;
  kind: 'dynamic' | 'static' | 'other' | null;
}

export interface VniRow {
  vni: number;
  kind: 'l2' | 'l3' | null;
  /** l2: the VLAN it is mapped to. */
  vlan: number | null;
  operUp: boolean | null;
}

/** The kinds of output there are. */
export interface RowKinds {
  version: VersionRow;
  vlans: VlanRow;
  ports: PortRow;
  lags: LagRow;
  neighbors: NeighborRow;
  macs: MacRow;
  vnis: VniRow;
}

export interface Parsed<Row> {
  rows: Row[];
  /** Lines that the reader has no rule for, as the device printed them. Never dropped. */
  unparsed: string[];
}

/** How the output of one command (with its variants) is read. */
export interface OutputReader<Kind extends keyof RowKinds = keyof RowKinds> {
  kind: Kind;
  /** Matches the whole command as an operator types it, e.g. `/^show vlan( brief)?$/`. */
  command: RegExp;
  read(output: string): Parsed<RowKinds[Kind]>;
}

/** Identity function that checks a reader's types. */
export function outputReader<Kind extends keyof RowKinds>(reader: OutputReader<Kind>): OutputReader<Kind> {
  return reader;
}
