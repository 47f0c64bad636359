import { sameUuid } from '../bmc/same-uuid.ts';
import { type Inventory, systemUuidOf } from './inventory.ts';

/** A node that awaits inspection and what is known of it. */
export interface NodeCandidate {
  uuid: string;
  macs: string[];
  /** IP addresses of its BMC. */
  bmcAddresses: string[];
  /** From the BMC. */
  systemUuid: string | null;
}

export type Evidence = 'system_uuid' | 'mac' | 'bmc_address';

export type NodeMatch =
  | { matched: true; uuid: string; by: Evidence[] }
  | { matched: false; reason: 'unknown' | 'contradiction' | 'ambiguous'; message: string };

/**
 * Which node an inventory is of. Each kind of evidence names the nodes it fits; the node must be in all of them that
 * name any. So one BMC address in front of several nodes is narrowed by UUID or MAC, a BMC whose UUID is not the
 * SMBIOS one does no harm, and a MAC of one node behind the BMC of another is refused.
 */
export function matchNode(inventory: Inventory, candidates: NodeCandidate[]): NodeMatch {
  const uuid = systemUuidOf(inventory);
  const macs = new Set(inventory.interfaces.flatMap((nic) => (nic.mac_address ? [nic.mac_address] : [])));
  const bmcs = new Set(
    [inventory.bmc_address, inventory.bmc_v6address].filter(isAddress).map((address) => address.toLowerCase()),
  );
  const fits: [Evidence, (node: NodeCandidate) => boolean][] = [
    ['system_uuid', (node) => uuid !== null && node.systemUuid !== null && sameUuid(uuid, node.systemUuid)],
    ['mac', (node) => node.macs.some((mac) => macs.has(mac.toLowerCase()))],
    ['bmc_address', (node) => node.bmcAddresses.some((address) => bmcs.has(address.toLowerCase()))],
  ];
  const named = fits
    .map(([kind, fit]) => ({ kind, nodes: candidates.filter(fit) }))
    .filter(({ nodes }) => nodes.length > 0);
  if (named.length === 0) {
    return {
      matched: false,
      reason: 'unknown',
      message: 'No node that awaits inspection has this system UUID, any of these MACs or this BMC address.',
    };
  }
  const common = candidates.filter((node) => named.every(({ nodes }) => nodes.includes(node)));
  if (common.length === 1) return { matched: true, uuid: common[0]!.uuid, by: named.map(({ kind }) => kind) };
  const told = named.map(({ kind, nodes }) => `${kind}: ${nodes.map((node) => node.uuid).join(', ')}`).join('; ');
  if (common.length === 0) {
    return {
      matched: false,
      reason: 'contradiction',
      message: `The evidence names different nodes (${told}). Correct the ports or the BMC address of the wrong one.`,
    };
  }
  return {
    matched: false,
    reason: 'ambiguous',
    message: `Several nodes fit (${told}). Give one of them a port with its MAC.`,
  };
}

/** Agents send 0.0.0.0 and ::/0 for "no BMC". */
function isAddress(address: string | null | undefined): address is string {
  return typeof address === 'string' && address !== '' && address !== '0.0.0.0' && !address.startsWith('::/');
}
