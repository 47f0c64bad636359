import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import { matchPort, matchSwitch } from '../../topology/identity/match.ts';
import type { KnownSwitch, LinkEvidence } from '../../topology/links/link-map.ts';
import { compareLocalLink, evidenceOf, localLinkOf } from '../../topology/links/local-link.ts';
import { decodeLldpRaw } from '../../topology/lldp/lldp-raw.ts';
import type { Trx } from '../store/store.ts';
import type { HeardLink, LinkOutcome } from './fabric.ts';
import { settle } from './settle.ts';

/** The switches with the ports they listed, for matching. */
export async function knownSwitches(trx: Trx): Promise<Array<KnownSwitch & { name: string }>> {
  const switches = await trx.selectFrom('switch').select(['id', 'name', 'description']).execute();
  const ports = await trx
    .selectFrom('switch_port')
    .select(['switch_id', 'port_id', 'aliases'])
    .orderBy('position')
    .execute();
  const bySwitch = Map.groupBy(ports, (port) => port.switch_id);
  return switches.map((row) => ({
    id: row.id,
    name: row.name,
    chassisIds: row.description?.chassisIds ?? [],
    ports: (bySwitch.get(row.id) ?? []).map((port) => ({ portId: port.port_id, aliases: port.aliases })),
  }));
}

/** Fabric.learnLinks */
export async function learnLinks(
  trx: Trx,
  nodeUuid: string,
  heard: readonly HeardLink[],
  options: { remap: boolean },
): Promise<LinkOutcome[]> {
  const switches = await knownSwitches(trx);
  const touched = new Set<string>();
  const outcomes: LinkOutcome[] = [];
  for (const link of heard) outcomes.push(await learn(trx, nodeUuid, link, switches, options.remap, touched));
  if (touched.size > 0) await settle(trx, [...touched], { by: 'lifecycle', reason: 'links learned' });
  return outcomes;
}

type Known = Awaited<ReturnType<typeof knownSwitches>>;

async function learn(
  trx: Trx,
  nodeUuid: string,
  { address, tlvs }: HeardLink,
  switches: Known,
  remap: boolean,
  touched: Set<string>,
): Promise<LinkOutcome> {
  const outcome = (
    result: LinkOutcome['result'],
    message: string,
    switchName: string | null = null,
    portId: string | null = null,
  ) => ({
    address,
    result,
    switchName,
    portId,
    message,
  });
  const claim = readClaim(address, tlvs);
  if (!claim) return outcome('unreadable', `What NIC ${address} heard is no LLDP announcement of a switch port.`);
  await trx
    .insertInto('link_evidence')
    .values({
      source: claim.source,
      address,
      chassis_id_subtype: claim.chassis.subtype,
      chassis_id: claim.chassis.value,
      port_id_subtype: claim.port.subtype,
      port_id: claim.port.value,
      system_name: claim.systemName,
      raw: JSON.stringify(tlvs),
      seen_at: new Date(claim.seenAt),
    })
    .execute();

  const nic = await trx
    .selectFrom('port')
    .selectAll()
    .where('address', '=', address)
    .where('node_uuid', '=', nodeUuid)
    .forUpdate()
    .executeTakeFirst();
  if (!nic) return outcome('unchanged', `NIC ${address} is no port of this node; what it heard is kept as evidence.`);

  const recorded = nic.local_link_connection;
  if (recorded.switch_id && recorded.port_id && !remap) {
    const { verdict, message } = compareLocalLink(claim, recorded, switches);
    if (verdict === 'contradict') return contradict(message);
  }
  const known = matchSwitch(claim.chassis.value, switches);
  const link = localLinkOf(claim, switches);
  if (!known) {
    const message = `NIC ${address} hears ${link.switch_info ?? 'a switch'} (${link.switch_id}), port ${link.port_id}, which is not registered. Register it: switchyard switch add`;
    await update({ local_link_connection: JSON.stringify(link), switch_id: null, switch_port_id: null });
    return outcome('unknown-switch', message);
  }
  const match = matchPort(claim.port.value, known.ports);
  if (!('found' in match)) {
    const why = 'ambiguous' in match ? `may be any of ${match.ambiguous.join(', ')}` : 'is not among its ports';
    await update({ local_link_connection: JSON.stringify(link), switch_id: null, switch_port_id: null });
    return outcome(
      'unknown-port',
      `NIC ${address} hears ${known.name}, but port ${claim.port.value} ${why}.`,
      known.name,
    );
  }
  const portId = match.found;
  const other = await trx
    .selectFrom('port')
    .innerJoin('node', 'node.uuid', 'port.node_uuid')
    .select(['port.uuid', 'port.address', 'node.placement', 'node.uuid as node', 'node.name'])
    .where('port.switch_id', '=', known.id)
    .where('port.switch_port_id', '=', portId)
    .where('port.uuid', '!=', nic.uuid)
    .executeTakeFirst();
  if (other) {
    const movable = remap && (other.node === nodeUuid || other.placement === 'idle');
    if (!movable) {
      return contradict(
        `NIC ${address} hears ${known.name} port ${portId}, on which NIC ${other.address} of ${other.name ?? other.node} is recorded`,
      );
    }
    // The newer claim counts; the other NIC is found again by an inspection of its node.
    await trx
      .updateTable('port')
      .set({ switch_id: null, switch_port_id: null })
      .where('uuid', '=', other.uuid)
      .execute();
  }
  const same = nic.switch_id === known.id && nic.switch_port_id === portId;
  if (same && nic.contradiction === null)
    return outcome('unchanged', `NIC ${address} hangs on ${known.name} port ${portId}.`, known.name, portId);
  if (nic.switch_id) touched.add(nic.switch_id);
  touched.add(known.id);
  await update({
    local_link_connection: JSON.stringify({ ...link, switch_info: known.name }),
    switch_id: known.id,
    switch_port_id: portId,
    contradiction: null,
  });
  return outcome('mapped', `NIC ${address} hangs on ${known.name} port ${portId}.`, known.name, portId);

  async function contradict(message: string): Promise<LinkOutcome> {
    await update({ contradiction: message });
    if (nic!.switch_id) touched.add(nic!.switch_id);
    return outcome(
      'contradicted',
      message,
      switches.find(({ id }) => id === nic!.switch_id)?.name ?? null,
      nic!.switch_port_id,
    );
  }

  async function update(values: {
    local_link_connection?: string;
    switch_id?: string | null;
    switch_port_id?: string | null;
    contradiction?: string | null;
  }): Promise<void> {
    if (values.switch_id === null && nic!.switch_id) touched.add(nic!.switch_id);
    await trx
      .updateTable('port')
      .set({ ...values, updated_at: new Date() })
      .where('uuid', '=', nic!.uuid)
      .execute();
  }
}

function readClaim(address: string, tlvs: HeardLink['tlvs']): LinkEvidence | null {
  try {
    return evidenceOf(decodeLldpRaw(tlvs), { source: 'host-lldp', nicMac: address, seenAt: Date.now() });
  } catch (error) {
    if (isFabricError(error)) return null;
    throw error;
  }
}

/**
 * Maps a NIC by what an operator wrote into its local_link_connection; null values unmap it. The switch ports concerned are
 * settled. Error: `link_port_unknown` when the switch is known but has no such port.
 */
export async function applyOperatorLink(trx: Trx, portUuid: string, by: string): Promise<void> {
  const nic = await trx
    .selectFrom('port')
    .selectAll()
    .where('uuid', '=', portUuid)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { switch_id: chassis, port_id: port } = nic.local_link_connection;
  const switches = await knownSwitches(trx);
  const known = chassis ? matchSwitch(chassis, switches) : null;
  const match = known && port ? matchPort(port, known.ports) : null;
  if (known && match && !('found' in match)) {
    throw new FabricError(
      'link_port_unknown',
      `Switch ${known.name} has no port ${port}. List them: switchyard switch ports ${known.name}`,
      {
        context: { switch: known.name, port },
      },
    );
  }
  const to =
    known && match && 'found' in match
      ? { switch_id: known.id, switch_port_id: match.found }
      : { switch_id: null, switch_port_id: null };
  if (to.switch_id === nic.switch_id && to.switch_port_id === nic.switch_port_id) return;
  await trx
    .updateTable('port')
    .set({ ...to, contradiction: null })
    .where('uuid', '=', portUuid)
    .execute();
  const touched = [...new Set([nic.switch_id, to.switch_id].filter((id) => id !== null))];
  if (touched.length > 0) await settle(trx, touched, { by, reason: 'link entered' });
}
