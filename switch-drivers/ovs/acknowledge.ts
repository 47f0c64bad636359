import { FabricError } from '../../topology/error/fabric-error.ts';
import { type Monitor, type OvsdbClient, readInteger } from '../transports/ovsdb/index.ts';
import { DATABASE } from './inventory.ts';

/**
 * Follows Open_vSwitch.cur_cfg. The reply to a transaction only says that the database holds it; ovs-vswitchd copies
 * next_cfg to cur_cfg once the configuration with that number is in force.
 */
export class Acknowledgements {
  readonly #client: OvsdbClient;
  readonly #monitor: Monitor;

  private constructor(client: OvsdbClient, monitor: Monitor) {
    this.#client = client;
    this.#monitor = monitor;
  }

  static async follow(client: OvsdbClient): Promise<Acknowledgements> {
    return new Acknowledgements(client, await client.monitor(DATABASE, { Open_vSwitch: { columns: ['cur_cfg'] } }));
  }

  /** Resolves when configuration number `nextCfg` is in force. Throws `switch_not_applied` after `timeoutMs`. */
  async inForce(nextCfg: number, timeoutMs: number): Promise<void> {
    if (this.#current() >= nextCfg) return;
    if (this.#client.closed) throw this.#client.closed;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onChange = () => {
      if (this.#current() >= nextCfg) resolve();
    };
    const timer = setTimeout(() => reject(this.#late(nextCfg, timeoutMs)), timeoutMs);
    this.#monitor.on('change', onChange);
    this.#client.on('close', reject);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#monitor.off('change', onChange);
      this.#client.off('close', reject);
    }
  }

  #current(): number {
    const [row] = this.#monitor.tables.get('Open_vSwitch')?.values() ?? [];
    return row === undefined ? 0 : readInteger(row.cur_cfg);
  }

  #late(nextCfg: number, timeoutMs: number): FabricError {
    return new FabricError(
      'switch_not_applied',
      `The database of the switch holds configuration ${nextCfg}, but ovs-vswitchd has put only ${this.#current()} in force after ${timeoutMs} ms. Check that ovs-vswitchd runs.`,
      { retryable: true, context: { nextCfg, curCfg: this.#current(), undone: false } },
    );
  }
}
