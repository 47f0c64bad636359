import type { NetworkRole, NetworkType } from '../../../topology/networks/network.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import type { Operation } from '../../fabric/fabric.ts';
import type { JsonObject, NetworkSubnet } from '../../store/schema.ts';

export interface NewSwitch {
  name: string;
  platform: string;
  /** The driver's options, secrets among them. */
  options: JsonObject;
  managedPorts: string[];
  /** Ranges such as 100-199,300. */
  managedVlans: string;
  restPolicy: 'inspection' | 'idle';
  physicalNetwork: string | null;
}

export interface NewNetwork {
  name: string;
  role: NetworkRole | null;
  projectId: string | null;
  shared: boolean;
  networkType: NetworkType;
  physicalNetwork: string | null;
  segmentationId: number | null;
  subnet: NetworkSubnet | null;
}

export interface NeighborOfPort {
  portId: string;
  chassisId: string;
  remotePortId: string;
  systemName: string | null;
}

/** An address that a switch learned. */
export interface LearnedMac {
  mac: string;
  vlan: number | null;
  portId: string;
}

/** A managed port that is not as intended; `blocked`: why it will not be written, null when it will. */
export interface PortDifference {
  portId: string;
  observed: PortSettings | null;
  intent: PortSettings;
  blocked: string | null;
}

/** Administration of the fabric, as this API needs it. `by`: who asks, for audit. */
export interface FabricAdmin {
  /** Checks the options, reaches the switch, stores it; the operation settles its managed ports. */
  addSwitch(input: NewSwitch, by: string): Promise<{ id: string; operation: Operation | null }>;
  removeSwitch(id: string, by: string): Promise<void>;
  /** Reads the switch again: description, ports, what is configured. */
  refreshSwitch(id: string, by: string): Promise<Operation | null>;
  /** LLDP neighbours as the switch hears them now. */
  neighbors(id: string): Promise<NeighborOfPort[]>;
  /** The MAC table as the switch has it now. */
  macs(id: string): Promise<LearnedMac[]>;
  /** What is not as intended now, and the lines that would change it; nothing is sent. */
  preview(id: string): Promise<{ ports: PortDifference[]; lines: readonly string[] }>;
  addNetwork(input: NewNetwork, by: string): Promise<{ id: string; operation: Operation | null }>;
  removeNetwork(id: string, by: string): Promise<void>;
}
