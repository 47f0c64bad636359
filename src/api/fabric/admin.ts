import type { NetworkRole, NetworkType } from '../../../topology/networks/network.ts';
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

/** Administration of the fabric, as this API needs it. `by`: who asks, for audit. */
export interface FabricAdmin {
  /** Checks the options, reaches the switch, stores it; the operation settles its managed ports. */
  addSwitch(input: NewSwitch, by: string): Promise<{ id: string; operation: Operation | null }>;
  removeSwitch(id: string, by: string): Promise<void>;
  /** Reads the switch again: description, ports, what is configured. */
  refreshSwitch(id: string, by: string): Promise<Operation | null>;
  /** LLDP neighbours as the switch hears them now. */
  neighbors(id: string): Promise<NeighborOfPort[]>;
  addNetwork(input: NewNetwork, by: string): Promise<{ id: string; operation: Operation | null }>;
  removeNetwork(id: string, by: string): Promise<void>;
}
