import ios from '../../../switch-drivers/cisco-ios/index.ts';
import type { Session } from '../../../switch-drivers/contract/driver.ts';
import type { Change } from '../../../topology/plan/model.ts';
import type { Where } from './simulated.ts';

const quiet = { debug() {}, warn() {} };

export function openSwitch({ host, port, hostKey }: Where): Promise<Session> {
  const login = { host, port, hostKey, username: 'admin', password: 'bench', enableSecret: 'bench' };
  const target = { connectTimeoutMs: 120_000, commandTimeoutMs: 120_000 };
  return ios.open({ name: 'bench', options: ios.options.parse(login), log: quiet, ...target });
}

/** Ports 1 to `count`, untagged in VLAN 100. */
export function moves(count: number): Change[] {
  return Array.from({ length: count }, (_, index) => ({
    op: 'port-set',
    portId: `GigabitEthernet1/0/${index + 1}`,
    settings: { adminUp: true, mode: 'access', untagged: 100, tagged: [] },
  }));
}

/** Connect, send, read back, save. Returns the lines of the change. */
export async function moveAll(where: Where, count: number): Promise<number> {
  const session = await openSwitch(where);
  try {
    const changes = moves(count);
    const { lines } = session.render(changes);
    await session.apply(changes);
    const { ports } = await session.read(changes.flatMap((change) => (change.op === 'port-set' ? change.portId : [])));
    const wrong = ports.filter(({ mode, untagged }) => mode !== 'access' || untagged !== 100);
    if (wrong.length > 0) throw new Error(`${wrong.length} ports are not where they should be`);
    await session.persist();
    return lines.length;
  } finally {
    await session.close();
  }
}
