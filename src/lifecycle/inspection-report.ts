import { parseContinueInspection } from '../../provisioner/inspection/continue-inspection.ts';
import { matchNode } from '../../provisioner/inspection/match-node.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { Trx } from '../store/store.ts';
import { resume } from './agent-calls.ts';
import type { LifecycleDeps } from './deps.ts';
import { cursorOf, lockNode, type NodeRow } from './node-record.ts';
import { powerOn } from './steps/power.ts';
import { waitForInspection } from './steps/waiting.ts';

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
      .where('provision_state', 'in', ['inspect wait', 'inspecting'])
      .$if(query.nodeUuid !== undefined, (qb) => qb.where('uuid', '=', query.nodeUuid!))
      .execute();
    const expected = waiting.filter(awaitsReport);
    const match = matchNode(report.inventory, await candidates(trx, expected));
    // A ramdisk that was told its node's uuid and brings nothing that speaks against it is believed.
    const told =
      query.nodeUuid !== undefined && !match.matched && match.reason === 'unknown' ? expected[0]?.uuid : undefined;
    const uuid = match.matched ? match.uuid : told;
    if (uuid === undefined) {
      deps.log.warn('inspection report of no node', { reason: match.matched ? 'state' : match.message });
      throw new FabricError('node_not_found', 'No node that awaits inspection fits this report.');
    }
    const node = await lockNode(trx, uuid);
    if (!awaitsReport(node)) {
      throw new FabricError('node_not_found', 'No node that awaits inspection fits this report.');
    }
    const pluginData = { ...report.pluginData, lldp_raw: report.lldpRaw, ramdisk_error: report.error };
    const columns = {
      inventory: JSON.stringify(report.inventory),
      plugin_data: JSON.stringify(pluginData),
      updated_at: new Date(),
    };
    if (node.provision_state === 'inspect wait') await resume(deps, trx, node, columns, 'the ramdisk reported');
    else {
      const driver_internal_info = JSON.stringify({ ...node.driver_internal_info, inspection_reported: true });
      await trx
        .updateTable('node')
        .set({ ...columns, driver_internal_info })
        .where('uuid', '=', uuid)
        .execute();
    }
    return { nodeUuid: uuid };
  });
}

/**
 * The machine is up before its node waits: a report in that moment (a controller that died there makes it a long one) is
 * kept, and the node will not wait.
 */
function awaitsReport(node: NodeRow): boolean {
  if (node.provision_state === 'inspect wait') return true;
  const { step } = cursorOf(node);
  return node.provision_state === 'inspecting' && (step === powerOn.name || step === waitForInspection.name);
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
