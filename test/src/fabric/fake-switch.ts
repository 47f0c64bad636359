import { z } from 'zod';
import { type Driver, defineDriver, type Session } from '../../../switch-drivers/contract/driver.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Change, PortSettings, PortState } from '../../../topology/plan/model.ts';

/** A switch in memory: every state a port was in is kept, and each call can be made to fail. */
export class FakeSwitch {
  readonly ports = new Map<string, PortState>();
  readonly passed = new Map<string, PortSettings[]>();
  vlans = new Set([1]);
  /** Throws, or hangs like a process that is killed there. */
  fault: ((call: string, changes: readonly Change[]) => void | Promise<void>) | null = null;
  calls: string[] = [];
  saved = 0;
  sessions = 0;
  readonly chassisId: string;

  constructor(chassisId: string, count: number, startVlan = 1) {
    this.chassisId = chassisId;
    for (let i = 1; i <= count; i++)
      this.put(`Ethernet${i}`, { adminUp: true, mode: 'access', untagged: startVlan, tagged: [] });
  }

  put(portId: string, settings: PortSettings): void {
    this.ports.set(portId, { portId, operUp: true, lag: null, description: null, ...settings });
    const passed = this.passed.get(portId) ?? [];
    this.passed.set(portId, [...passed, settings]);
  }

  vlan(portId: string): number | null | undefined {
    return this.ports.get(portId)?.untagged;
  }

  session(): Session {
    this.sessions += 1;
    const call = async (name: string, changes: readonly Change[] = []) => {
      this.calls.push(name);
      await this.fault?.(name, changes);
    };
    return {
      describe: async () => ({
        platform: 'fake',
        model: 'Fake-8',
        version: '1',
        hostname: 'fake',
        chassisIds: [this.chassisId],
        ports: [...this.ports.keys()].map((portId) => ({ portId, aliases: [portId.replace('Ethernet', 'Et')] })),
      }),
      read: async (portIds = [...this.ports.keys()]) => {
        await call('read');
        return { ports: portIds.map((portId) => structuredClone(this.ports.get(portId)!)), vlans: [...this.vlans] };
      },
      neighbors: async () => [],
      macTable: async () => [],
      render: (changes) => ({ lines: changes.map((change) => JSON.stringify(change)) }),
      apply: async (changes) => {
        await call('apply', changes);
        for (const change of changes) {
          if (change.op === 'vlan-create') this.vlans.add(change.vlan);
          else this.put(change.portId, change.settings);
        }
        await call('applied', changes);
      },
      persist: async () => {
        await call('persist');
        this.saved += 1;
      },
      close: async () => {},
    };
  }
}

export const rejected = (device = '% Invalid input') =>
  new FabricError('switch_rejected', `The switch rejected a line: ${device}`, {
    context: { line: 'x', device, undone: true },
  });
export const lost = () => new FabricError('switch_unreachable', 'The session was lost.', { retryable: true });

/** A driver over fakes by name. */
export function fakeDriver(switches: Readonly<Record<string, FakeSwitch>>): Driver {
  return defineDriver({
    contract: 1,
    platform: 'fake',
    title: 'in memory',
    capabilities: {
      modes: ['access', 'trunk'],
      vlanMustExist: true,
      atomic: 'transactional',
      hasStartupConfig: true,
      lag: 'none',
      vxlan: 'none',
      maxSessions: 1,
      neighbors: true,
      macTable: true,
    },
    options: z.strictObject({ host: z.string(), password: z.string() }),
    open: async ({ name }) => switches[name]!.session(),
  }) as Driver;
}
