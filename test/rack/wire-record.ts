import type { DemoApi } from '../../src/cli/demo/api.ts';
import { IDLE_VLAN, TENANTS } from '../../src/cli/demo/setup.ts';
import type { Rack, RackSwitch } from '../../src/rack/rack.ts';

const TENANT_VLANS = new Set<number>(TENANTS.map(({ vlan }) => vlan));

/** What the two moments of reading a clock in two processes may differ by, and an operation's end by its reading back. */
const CLOCK_MS = 1_000;

interface Move {
  portId: string;
  vlans: Array<number | null>;
  from: number;
  until: number;
  to: number | null;
  succeeded: boolean;
}

interface OperationOut {
  state: string;
  created_at: string;
  finished_at: string | null;
  legs: Array<{
    switch: string;
    port_id: string;
    from: { untagged: number | null } | null;
    to: { untagged: number | null };
  }>;
}

/**
 * Reads the simulated switches' own record of every instant and says what broke a rule: a segment on a port that was
 * neither old, new nor idle at that moment (rule 1), or one tenant directly after another.
 */
export async function faultsOnTheWire(api: DemoApi, rack: Rack): Promise<string[]> {
  const operations = await allOperations(api);
  const { switches } = (await api.get('/fabric/v1/switches')) as { switches: Array<{ id: string; name: string }> };
  return rack.switches.flatMap((one) => {
    const id = switches.find((row) => row.name === one.name)?.id;
    const moves = operations.flatMap((operation) => movesOf(operation, id));
    return one.serverPorts.flatMap((portId) =>
      faultsOf(
        one,
        portId,
        moves.filter((move) => move.portId === portId),
      ),
    );
  });
}

async function allOperations(api: DemoApi): Promise<OperationOut[]> {
  const all: OperationOut[] = [];
  for (let path: string | null = '/fabric/v1/operations?limit=500'; path !== null; ) {
    const page = (await api.get(path)) as { operations: OperationOut[]; next: string | null };
    all.push(...page.operations);
    path = page.next === null ? null : page.next.replace(/^https?:\/\/[^/]+/, '');
  }
  return all.reverse();
}

function movesOf(operation: OperationOut, switchId: string | undefined): Move[] {
  return operation.legs
    .filter((leg) => leg.switch === switchId)
    .map((leg) => ({
      portId: leg.port_id,
      vlans: [leg.from?.untagged ?? null, leg.to.untagged],
      from: Date.parse(operation.created_at) - CLOCK_MS,
      until: operation.finished_at === null ? Number.POSITIVE_INFINITY : Date.parse(operation.finished_at) + CLOCK_MS,
      to: leg.to.untagged,
      succeeded: operation.state === 'succeeded',
    }));
}

function faultsOf({ name, device }: RackSwitch, portId: string, moves: Move[]): string[] {
  const managedSince = Math.min(...moves.map(({ from }) => from));
  const faults: string[] = [];
  let lastTenant: number | null = null;
  for (const change of device.model.history.filter((one) => one.portId === portId && one.at >= managedSince)) {
    const what = `${name} ${portId} at ${new Date(change.at).toISOString()} (${change.cause})`;
    if (change.tagged.length > 0) faults.push(`${what}: tagged ${change.tagged.join(',')}`);
    if (!change.adminUp || change.untagged === null || change.untagged === IDLE_VLAN) {
      lastTenant = null;
      continue;
    }
    const vlan = change.untagged;
    if (TENANT_VLANS.has(vlan)) {
      if (lastTenant !== null && lastTenant !== vlan)
        faults.push(`${what}: tenant ${vlan} directly after ${lastTenant}`);
      lastTenant = vlan;
    }
    if (!allowedAt(moves, change.at).has(vlan)) faults.push(`${what}: VLAN ${vlan} is neither old nor new`);
  }
  return faults;
}

/** Old and new of every move under way, and where the last one that ended left the port. */
function allowedAt(moves: Move[], at: number): Set<number | null> {
  const open = moves.filter((move) => move.from <= at && at <= move.until);
  const ended = moves.filter((move) => move.until < at).at(-1);
  return new Set([...open.flatMap(({ vlans }) => vlans), ...(ended ? ended.vlans : [])]);
}
