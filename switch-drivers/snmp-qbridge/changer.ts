import { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
import type { Change, PortState } from '../../topology/plan/model.ts';
import { stepsOf } from '../../topology/plan/plan-switch.ts';
import { vlansOf } from '../../topology/plan/settings.ts';
import type { SnmpConnection } from '../transports/snmp/connection.ts';
import { notApplied } from '../transports/ssh-cli/read-back.ts';
import type { BridgePort, BridgeTables } from './model.ts';
import { afterStage, asIs, type Stage, stagesTo, stepsOfStage } from './plan.ts';
import { sendStep, sendVlan } from './send.ts';
import { linesOf, stepsTo } from './steps.ts';
import { createVlan } from './vlan-create.ts';
import { wantedVlans } from './wanted.ts';

/** What a change works with. */
export interface ChangeContext {
  connection: SnmpConnection;
  /** Does the switch drop frames of foreign VLANs by itself? */
  filters: boolean;
  /** The tables as last read. */
  tables: BridgeTables;
  readTables(): Promise<BridgeTables>;
  /** The same with the names of the ports as they are known. */
  readVlans(): Promise<BridgeTables>;
  /** Throws for a port that is not there, or foreign. */
  writable(portId: string): PortState;
}

/** How often a stage is tried: an agent with rules of its own may add to what it is told, which is then taken back. */
const PASSES = 2;

/** Changes by single objects. Only what differs is sent, and each stage is read back before the next. */
export class QBridgeChanger {
  #context: ChangeContext;

  constructor(context: ChangeContext) {
    this.#context = context;
  }

  /** A plan is rendered step by step before its first step has made the VLANs. */
  render(changes: readonly Change[]): string[] {
    return this.#lines(changes, true);
  }

  #lines(changes: readonly Change[], lenient: boolean): string[] {
    const lines: string[] = [];
    let { tables } = this.#context;
    for (const step of stepsOf({ changes: [...changes] })) {
      for (const change of creations(step, tables))
        lines.push(...createVlan(change.vlan, change.name).map(({ line }) => line));
      tables = withVlans(tables, step);
      if (lenient) tables = { ...tables, vlans: new Map([...namedVlans(step), ...tables.vlans]) };
      for (const stage of stagesTo(tables, this.#wanted(step, tables))) {
        lines.push(...stepsOfStage(tables, stage).flatMap(linesOf));
        tables = afterStage(tables, stage);
      }
    }
    return lines;
  }

  async apply(changes: readonly Change[]): Promise<void> {
    // Everything is checked before anything is sent.
    if (this.#lines(changes, false).length === 0) return;
    const { ports } = await this.#context.readTables();
    const before = new Map<string, BridgePort>();
    for (const change of changes) {
      const port = change.op === 'port-set' ? ports.get(change.portId) : undefined;
      if (port !== undefined) before.set(port.portId, port);
    }
    try {
      for (const step of stepsOf({ changes: [...changes] })) await this.#applyStep(step);
    } catch (error) {
      throw await this.#undo(before, error);
    }
  }

  async #applyStep(step: readonly Change[]): Promise<void> {
    const { connection, tables } = this.#context;
    const created = creations(step, tables);
    for (const { vlan, name } of created) await sendVlan(connection, vlan, name);
    const now = created.length > 0 ? await this.#context.readVlans() : tables;
    const missing = created.filter(({ vlan }) => now.vlans.get(vlan)?.active !== true);
    if (missing.length > 0)
      throw notApplied(
        connection.name,
        missing.map(({ vlan }) => `VLAN ${vlan} does not exist`),
      );
    await this.#lead(this.#wanted(step, now));
  }

  async #lead(wanted: Stage): Promise<void> {
    for (const stage of stagesTo(this.#context.tables, wanted)) await this.#reach(stage);
  }

  async #reach(stage: Stage): Promise<void> {
    const { connection } = this.#context;
    for (let pass = 0; ; pass += 1) {
      const { tables } = this.#context;
      const steps = stepsOfStage(tables, stage);
      const wrong = [...steps.flatMap(linesOf).map((line) => `${line} has no effect`), ...astray(tables, stage)];
      if (wrong.length === 0) return;
      if (pass === PASSES) throw notApplied(connection.name, wrong);
      for (const step of steps) await sendStep(connection, step, tables.listLength);
      await this.#context.readVlans();
    }
  }

  /**
   * Back to what the ports were, from wherever the switch stopped. The error says `undone: true` only after the switch was
   * read and is as it was.
   */
  async #undo(before: ReadonlyMap<string, BridgePort>, error: unknown): Promise<unknown> {
    if (!isFabricError(error)) return error;
    let undone = false;
    try {
      const { ports } = await this.#context.readTables();
      const back = [...before.values()].filter((was) => {
        const port = ports.get(was.portId);
        return port === undefined || stepsTo(port, asIs(was)).length > 0;
      });
      await this.#lead(new Map(back.map((was) => [was.portId, asIs(was)])));
      undone = back.every(({ portId }) => this.#context.tables.ports.has(portId));
    } catch (failure) {
      if (!isFabricError(failure)) throw failure;
    }
    const detail = undone ? '' : '; it could not be taken back, read the ports to see what is in force';
    return new FabricError(error.code, error.message + detail, {
      retryable: error.retryable,
      context: { ...error.context, undone },
      cause: error,
    });
  }

  #wanted(step: readonly Change[], tables: BridgeTables): Stage {
    return new Map(
      step.flatMap((change) => {
        if (change.op !== 'port-set') return [];
        this.#context.writable(change.portId);
        const port = tables.ports.get(change.portId);
        return port
          ? [[change.portId, wantedVlans(port, change.settings, tables.vlans, this.#context.filters)] as const]
          : [];
      }),
    );
  }
}

function creations(step: readonly Change[], { vlans }: BridgeTables): Array<Extract<Change, { op: 'vlan-create' }>> {
  return step.flatMap((change) =>
    change.op === 'vlan-create' && vlans.get(change.vlan)?.active !== true ? [change] : [],
  );
}

function withVlans(tables: BridgeTables, step: readonly Change[]): BridgeTables {
  const created = creations(step, tables).map(({ vlan }) => [vlan, { active: true }] as const);
  return { ...tables, vlans: new Map([...tables.vlans, ...created]) };
}

/** VLANs that a step puts ports into, taken to exist. */
function namedVlans(step: readonly Change[]): Array<readonly [number, { active: boolean }]> {
  return step.flatMap((change) =>
    change.op === 'port-set' ? vlansOf(change.settings).map((vlan) => [vlan, { active: true }] as const) : [],
  );
}

/** Ports that are gone, or in VLANs that nobody asked for. */
function astray({ ports }: BridgeTables, stage: Stage): string[] {
  return [...stage.keys()].flatMap((portId) => {
    const port = ports.get(portId);
    if (port === undefined) return [`port ${portId} is gone`];
    return port.dynamic.length > 0 ? [`port ${portId} carries VLAN ${port.dynamic[0]}, in which nobody put it`] : [];
  });
}
