import { FabricError } from '../error/fabric-error.ts';
import type { Network, Segment } from './network.ts';

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

/**
 * Design §5 rule 5: a tenant gets a node only if a cleaning was completed since the last other tenant. `heldBy`: the project
 * whose data may be on it, recorded before the first byte and forgotten when a cleaning has ended well. Throws
 * `node_not_cleaned`.
 */
export function requireCleaned(node: { name: string; heldBy: unknown }, project: string | null): void {
  if (node.heldBy === undefined || node.heldBy === null || node.heldBy === project) return;
  throw new FabricError(
    'node_not_cleaned',
    `${node.name} was last used by project ${String(node.heldBy)} and has not been cleaned since. Undeploy it first: that cleans it.`,
    { context: { node: node.name } },
  );
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
