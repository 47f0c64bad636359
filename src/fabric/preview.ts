import { checkPlan } from '../../topology/plan/check-plan.ts';
import type { PortSettings } from '../../topology/plan/model.ts';
import { planSwitch } from '../../topology/plan/plan-switch.ts';
import { settingsOf } from '../../topology/plan/settings.ts';
import type { AdminDeps } from './admin.ts';
import { findSwitch } from './switches.ts';
import { idleVlan, type SwitchPortRow, scopeOf } from './view.ts';
import { intentOf, planOptions, unsafe } from './worker/drive.ts';

/** A managed port that is not as it is intended to be. */
export interface PortDifference {
  portId: string;
  /** As the switch says now; null: it has no such port. */
  observed: PortSettings | null;
  intent: PortSettings;
  /** Why it will not be written; null: it will. */
  blocked: string | null;
}

/** What a look at a switch would change now, and the lines that it would send. Nothing is sent. Error: `plan_unsafe`. */
export async function previewSwitch(
  deps: AdminDeps,
  id: string,
): Promise<{ ports: PortDifference[]; lines: readonly string[] }> {
  const { db } = deps.store;
  const row = await findSwitch(db, id);
  const managed = await db
    .selectFrom('switch_port')
    .selectAll()
    .where('switch_id', '=', id)
    .where('managed', '=', true)
    .orderBy('position')
    .execute();
  const intended = managed.filter((port) => port.intent !== null);
  if (intended.length === 0) return { ports: [], lines: [] };
  const portIds = managed.map(({ port_id }) => port_id);
  const scope = scopeOf(row, portIds, await idleVlan(db));
  return deps.sessions.use(row, async ({ session, capabilities }) => {
    const { ports, vlans } = await session.read();
    const observed = { ports: new Map(ports.map((port) => [port.portId, port])), vlans: vlans && new Set(vlans) };
    const intents = intended.map(intentOf);
    const options = planOptions(capabilities, intended, observed);
    const plan = planSwitch(observed, intents, scope, options);
    const error = unsafe(checkPlan(observed, plan, intents, options.oldOwners, scope));
    if (error) throw error;
    const blocked = new Map(plan.blocked.map(({ portId, error }) => [portId, error.message]));
    const differs = (port: SwitchPortRow) => plan.after.has(port.port_id) || blocked.has(port.port_id);
    return {
      ports: intended.filter(differs).map((port) => {
        const now = observed.ports.get(port.port_id);
        const { port_id: portId } = port;
        const { settings: intent } = intentOf(port);
        return { portId, observed: now ? settingsOf(now) : null, intent, blocked: blocked.get(portId) ?? null };
      }),
      lines: plan.changes.length === 0 ? [] : session.render(plan.changes).lines,
    };
  });
}
