import { FabricError } from '../error/fabric-error.ts';
import type { Network, NetworkRole, Segment } from './network.ts';

const MAX_ID = { vlan: 4094, vxlan: 16_777_215 } as const;

/** Throws `network_segment_invalid` when the id does not fit the type. */
export function validateSegment(segment: Segment): void {
  const { networkType, segmentationId: id } = segment;
  if (networkType === 'flat') {
    if (id === null) return;
    throw invalid(segment, 'a flat network has no segmentation id; leave it out');
  }
  const max = MAX_ID[networkType];
  if (id === null || !Number.isInteger(id) || id < 1 || id > max) {
    throw invalid(segment, `the segmentation id of a ${networkType} network is ${id}; give one from 1 to ${max}`);
  }
}

function invalid(segment: Segment, message: string): FabricError {
  return new FabricError('network_segment_invalid', message, { context: { ...segment } });
}

/** The operator's networks by role. Throws `network_role_taken` when two have one role. */
export function roleNetworks(networks: Iterable<Network>): Map<NetworkRole, Network> {
  const roles = new Map<NetworkRole, Network>();
  for (const network of networks) {
    if (network.role === null) continue;
    const other = roles.get(network.role);
    if (other) {
      throw new FabricError(
        'network_role_taken',
        `networks "${other.name}" and "${network.name}" both have the role ${network.role}; take it from one of them`,
        { context: { role: network.role, networks: [other.id, network.id] } },
      );
    }
    roles.set(network.role, network);
  }
  return roles;
}

/** Design §5 rule 6. Nobody attaches to a role network; the operator (null) attaches to any other. */
export function mayAttach(network: Network, projectId: string | null): boolean {
  if (network.role !== null) return false;
  return projectId === null || network.shared || network.projectId === projectId;
}

/** Pairs of networks that would be one and the same wire: equal type and id on a physical network both can be on. */
export function overlappingSegments(networks: readonly Network[]): Array<[Network, Network]> {
  const pairs: Array<[Network, Network]> = [];
  networks.forEach((a, index) => {
    for (const b of networks.slice(index + 1)) if (sameWire(a.segment, b.segment)) pairs.push([a, b]);
  });
  return pairs;
}

function sameWire(a: Segment, b: Segment): boolean {
  if (a.networkType !== b.networkType || a.segmentationId !== b.segmentationId) return false;
  return a.physicalNetwork === null || b.physicalNetwork === null || a.physicalNetwork === b.physicalNetwork;
}
