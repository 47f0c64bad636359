import { randomUUID } from 'node:crypto';
import type { MacTableEntry, SwitchDescription } from '../../switch-drivers/contract/driver.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import { inVlanRanges, parseVlanRanges } from '../../topology/networks/vlan-range.ts';
import type { PortState } from '../../topology/plan/model.ts';
import type { NeighborOfPort, NewSwitch } from '../api/fabric/admin.ts';
import { recordEvent } from '../store/events.ts';
import type { Db, Trx } from '../store/store.ts';
import type { AdminDeps } from './admin.ts';
import type { Operation } from './fabric.ts';
import { selectPorts } from './port-patterns.ts';
import { openSession } from './sessions.ts';
import { settle } from './settle.ts';
import { storedOptions } from './switch-options.ts';
import type { SwitchRow } from './view.ts';

interface Seen {
  description: SwitchDescription;
  ports: PortState[];
}

/** Errors: `driver_unknown`, `switch_options_invalid`, `switch_name_taken`, `switch_known`, what the driver throws. */
export async function addSwitch(
  deps: AdminDeps,
  input: NewSwitch,
  by: string,
): Promise<{ id: string; operation: Operation | null }> {
  const { db } = deps.store;
  parseVlanRanges(input.managedVlans);
  await refuseTwin(db, input.name, null);
  const driver = await deps.openDriver(input.platform);
  const options = { ...input.options };
  const session = await openSession(
    driver,
    { name: input.name, options },
    deps.times,
    deps.log,
    // What was trusted once is pinned: from now on only this switch is believed.
    (fingerprint) => {
      options.hostKey = fingerprint;
    },
  );
  const seen: Seen = await (async () => {
    try {
      return { description: await session.describe(), ports: (await session.read()).ports };
    } finally {
      await session.close();
    }
  })();
  await refuseTwin(db, input.name, seen.description);
  const managed = selectPorts(input.managedPorts, seen.description);
  const id = randomUUID();
  const stored = storedOptions(deps.secrets, id, options);
  const operation = await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('switch')
      .values({
        id,
        name: input.name,
        platform: input.platform,
        options: JSON.stringify(stored.options),
        secrets: JSON.stringify(stored.secrets),
        managed_ports: input.managedPorts,
        managed_vlans: input.managedVlans,
        rest_policy: input.restPolicy,
        physical_network: input.physicalNetwork,
        state: 'ok',
        description: JSON.stringify(seen.description),
      })
      .execute();
    await writePorts(trx, id, seen, managed);
    await recordEvent(trx, {
      kind: 'switch.added',
      switchId: id,
      message: `${by} put ${input.name} under management: ${managed.size} of ${seen.description.ports.length} ports, VLANs ${input.managedVlans}`,
    });
    return settleIfPossible(trx, id, by, 'switch added');
  });
  return { id, operation };
}

/** Without an idle network nothing can be laid anywhere; creating it settles every switch. */
async function settleIfPossible(trx: Trx, id: string, by: string, reason: string): Promise<Operation | null> {
  const idle = await trx.selectFrom('network').select('id').where('role', '=', 'idle').executeTakeFirst();
  return idle ? settle(trx, [id], { by, reason }) : null;
}

async function refuseTwin(db: Db, name: string, description: SwitchDescription | null): Promise<void> {
  const rows = await db.selectFrom('switch').select(['name', 'description']).execute();
  if (rows.some((row) => row.name === name)) {
    throw new FabricError('switch_name_taken', `There is a switch ${name} already. Choose another name.`, {
      context: { name },
    });
  }
  const twin = rows.find((row) => row.description?.chassisIds.some((id) => description?.chassisIds.includes(id)));
  if (twin) {
    throw new FabricError('switch_known', `This switch is managed already, as ${twin.name} (same chassis id).`, {
      context: { name: twin.name },
    });
  }
}

async function writePorts(
  trx: Trx,
  switchId: string,
  { description, ports }: Seen,
  managed: ReadonlySet<string>,
): Promise<void> {
  const states = new Map(ports.map((port) => [port.portId, port]));
  const now = new Date();
  const values = description.ports.map(({ portId, aliases }, position) => ({
    switch_id: switchId,
    port_id: portId,
    position,
    aliases,
    managed: managed.has(portId),
    observed: states.has(portId) ? JSON.stringify(states.get(portId)) : null,
    observed_at: now,
    state: managed.has(portId) ? ('pending' as const) : ('unmanaged' as const),
  }));
  for (let at = 0; at < values.length; at += 500) {
    await trx
      .insertInto('switch_port')
      .values(values.slice(at, at + 500))
      .execute();
  }
}

export async function findSwitch(db: Db, id: string): Promise<SwitchRow> {
  const row = await db.selectFrom('switch').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return row;
  throw new FabricError('switch_not_found', `There is no switch ${id}.`, { context: { switch: id } });
}

/** Its ports stay as they are. Error: `switch_in_use` while a NIC on it carries a tenant. */
export async function removeSwitch(deps: AdminDeps, id: string, by: string): Promise<void> {
  await deps.store.db.transaction().execute(async (trx) => {
    const row = await findSwitch(trx, id);
    const used = await trx
      .selectFrom('port')
      .innerJoin('node', 'node.uuid', 'port.node_uuid')
      .select(['node.name', 'node.uuid'])
      .where('port.switch_id', '=', id)
      .where('node.placement', '!=', 'idle')
      .executeTakeFirst();
    if (used) {
      throw new FabricError(
        'switch_in_use',
        `Node ${used.name ?? used.uuid} is in use on ${row.name}. Undeploy it first.`,
        {
          context: { switch: id, node: used.uuid },
        },
      );
    }
    await trx.updateTable('port').set({ switch_id: null, switch_port_id: null }).where('switch_id', '=', id).execute();
    await trx.deleteFrom('switch').where('id', '=', id).execute();
    await recordEvent(trx, {
      kind: 'switch.removed',
      switchId: id,
      message: `${by} let ${row.name} go; its ports stay as they are`,
    });
  });
  await deps.sessions.drop(id);
}

/** Reads description and ports again; new ports are taken over, and what is not as intended is put right. */
export async function refreshSwitch(deps: AdminDeps, id: string, by: string): Promise<Operation | null> {
  const { db } = deps.store;
  const row = await findSwitch(db, id);
  const seen = await deps.sessions.use(row, async ({ session }) => ({
    description: await session.describe(),
    ports: (await session.read()).ports,
  }));
  const managed = selectPorts(row.managed_ports, seen.description);
  return db.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('switch_port').select('port_id').where('switch_id', '=', id).execute();
    const names = new Set(known.map(({ port_id }) => port_id));
    const fresh = seen.description.ports.filter(({ portId }) => !names.has(portId));
    await writePorts(trx, id, { description: { ...seen.description, ports: fresh }, ports: seen.ports }, managed);
    for (const [position, { portId, aliases }] of seen.description.ports.entries()) {
      await trx
        .updateTable('switch_port')
        .set({ position, aliases })
        .where('switch_id', '=', id)
        .where('port_id', '=', portId)
        .execute();
    }
    // An old time makes the next look read the whole switch.
    await trx
      .updateTable('switch')
      .set({ description: JSON.stringify(seen.description), observed_at: null, updated_at: new Date() })
      .where('id', '=', id)
      .execute();
    await deps.store.enqueue(trx, { kind: 'switch', id });
    return settleIfPossible(trx, id, by, 'switch refreshed');
  });
}

export async function neighborsOf(deps: AdminDeps, id: string): Promise<NeighborOfPort[]> {
  const row = await findSwitch(deps.store.db, id);
  const neighbors = await deps.sessions.use(row, ({ session }) => session.neighbors());
  return neighbors.map(({ portId, chassisId, remotePortId, systemName }) => ({
    portId,
    chassisId,
    remotePortId,
    systemName,
  }));
}

export async function macsOf(deps: AdminDeps, id: string): Promise<MacTableEntry[]> {
  const row = await findSwitch(deps.store.db, id);
  return deps.sessions.use(row, ({ session }) => session.macTable());
}

/** True when some switch was given this VLAN. */
export async function vlanIsManaged(db: Db, vlan: number): Promise<boolean> {
  const rows = await db.selectFrom('switch').select('managed_vlans').execute();
  return rows.length === 0 || rows.some((row) => inVlanRanges(vlan, parseVlanRanges(row.managed_vlans)));
}
