import type { ApiClient } from './api.ts';
import type { Frame } from './captures.ts';
import type { OperationView } from './operator.ts';
import { QUARANTINE, VLANS } from './vlans.ts';

interface Stay {
  port: string;
  vlan: number | null;
  /** Milliseconds since 1970; from the order to move there until the read-back of the next move. */
  from: number;
  to: number;
}

/** Where every switch port was meant to be, and when, out of the operations. */
async function staysOf(api: ApiClient, ports: readonly string[]): Promise<Stay[]> {
  const { operations } = await api.get<{ operations: OperationView[] }>('/fabric/v1/operations?limit=500');
  const stays: Stay[] = [];
  for (const port of ports) {
    let now: Stay = { port, vlan: QUARANTINE, from: 0, to: Number.POSITIVE_INFINITY };
    for (const operation of operations.toReversed()) {
      const leg = operation.legs.find(({ port_id, state }) => port_id === port && state === 'applied');
      if (!leg?.read_back_at || leg.to.untagged === now.vlan) continue;
      now.to = Date.parse(leg.read_back_at);
      stays.push(now);
      now = { port, vlan: leg.to.untagged, from: Date.parse(operation.created_at), to: Number.POSITIVE_INFINITY };
    }
    stays.push(now);
  }
  return stays;
}

/** Frames in a VLAN that the port of the NIC they came from was not meant to be in at that time. */
export async function misplacedFrames(
  api: ApiClient,
  frames: readonly Frame[],
  portOf: Readonly<Record<string, string>>,
): Promise<Frame[]> {
  const stays = await staysOf(api, Object.values(portOf));
  return frames.filter(({ source, vlan, at }) => {
    const port = portOf[source];
    const number = VLANS.find(({ name }) => name === vlan)?.vlan;
    return (
      port !== undefined &&
      !stays.some((stay) => stay.port === port && stay.vlan === number && stay.from <= at && at <= stay.to)
    );
  });
}
