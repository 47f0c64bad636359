import { parseContinueInspection } from '../../provisioner/inspection/continue-inspection.ts';
import { matchNode } from '../../provisioner/inspection/match-node.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Trx } from '../store/store.ts';
import { resume } from './agent-calls.ts';
import type { LifecycleDeps } from './deps.ts';
import { lockNode, type NodeRow } from './node-record.ts';

/**
 * POST /v1/continue_inspection: finds the node the report is of, keeps the report and wakes the node's worker, all in
 * one transaction: what was answered 202 is not lost. Errors: `inspection_data_invalid`, `node_not_found` (also when the
 * node is in another state: whoever asks is not authenticated).
 */
export async function continueInspection(
  deps: LifecycleDeps,
  body: unknown,
  query: { nodeUuid?: string },
): Promise<{ nodeUuid: string }> {
  const report = parseContinueInspection(body);
  return deps.store.db.transaction().execute(async (trx) => {
    const waiting = await trx
      .selectFrom('node')
      .selectAll()
      .where('provision_state', '=', 'inspect wait')
      .$if(query.nodeUuid !== undefined, (qb) => qb.where('uuid', '=', query.nodeUuid!))
      .execute();
    const match = matchNode(report.inventory, await candidates(trx, waiting));
    // A ramdisk that was told its node's uuid and brings nothing that speaks against it is believed.
    const told =
      query.nodeUuid !== undefined && !match.matched && match.reason === 'unknown' ? waiting[0]?.uuid : undefined;
    const uuid = match.matched ? match.uuid : told;
    if (uuid === undefined) {
      deps.log.warn('inspection report of no node', { reason: match.matched ? 'state' : match.message });
      throw new FabricError('node_not_found', 'No node that awaits inspection fits this report.');
    }
    const node = await lockNode(trx, uuid);
    if (node.provision_state !== 'inspect wait') {
      throw new FabricError('node_not_found', 'No node that awaits inspection fits this report.');
    }
    const pluginData = { ...report.pluginData, lldp_raw: report.lldpRaw, ramdisk_error: report.error };
    const columns = {
      inventory: JSON.stringify(report.inventory),
      plugin_data: JSON.stringify(pluginData),
      updated_at: new Date(),
    };
    await resume(deps, trx, node, columns, 'the ramdisk reported');
    return { nodeUuid: uuid };
  });
}

async function candidates(trx: Trx, nodes: NodeRow[]) {
  if (nodes.length === 0) return [];
  const ports = await trx
    .selectFrom('port')
    .select(['node_uuid', 'address'])
    .where(
      'node_uuid',
      'in',
      nodes.map((node) => node.uuid),
    )
    .execute();
  return nodes.map((node) => {
    const known = node.driver_internal_info.bmc_macs;
    const fromBmc = Array.isArray(known) ? known.filter((mac) => typeof mac === 'string') : [];
    const own = ports.filter((port) => port.node_uuid === node.uuid).map((port) => port.address);
    const uuid = node.driver_internal_info.system_uuid;
    return {
      uuid: node.uuid,
      macs: [...own, ...fromBmc],
      bmcAddresses: [bmcHost(node)].filter((host) => host !== null),
      systemUuid: typeof uuid === 'string' ? uuid : null,
    };
  });
}

function bmcHost(node: NodeRow): string | null {
  const { ipmi_address: ipmi, redfish_address: redfish } = node.driver_info;
  if (typeof ipmi === 'string') return ipmi;
  if (typeof redfish !== 'string') return null;
  return URL.canParse(redfish) ? new URL(redfish).hostname : redfish;
}
