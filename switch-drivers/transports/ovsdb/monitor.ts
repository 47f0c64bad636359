import { EventEmitter } from 'node:events';
import type { Json } from './json.ts';
import type { Row } from './notation.ts';
import type { Condition } from './operations.ts';
import type { Replica, RowChange } from './replica.ts';

/** What to follow of one table. */
export interface MonitorRequest {
  columns: readonly string[];
}
export interface ConditionalMonitorRequest extends MonitorRequest {
  /** Rows that match any of the conditions; left out: all rows. */
  where?: readonly Condition[];
}

/** A monitor under way. Event `change`: rows that came, changed or went in one transaction of the server. */
export class Monitor extends EventEmitter<{ change: [RowChange[]] }> {
  readonly #replica: Replica;
  readonly #cancel: () => Promise<void>;
  readonly #read: (updates: Json | undefined) => RowChange[];

  constructor(replica: Replica, read: (updates: Json | undefined) => RowChange[], cancel: () => Promise<void>) {
    super();
    this.#replica = replica;
    this.#read = read;
    this.#cancel = cancel;
  }

  /** Table name -> row uuid -> the monitored columns, as of the last update. */
  get tables(): ReadonlyMap<string, ReadonlyMap<string, Row>> {
    return this.#replica.tables;
  }

  /** Takes the server's notification; for the client only. */
  receive(updates: Json | undefined): void {
    const changes = this.#read(updates);
    if (changes.length > 0) this.emit('change', changes);
  }

  /** No more updates once it resolves. */
  cancel(): Promise<void> {
    return this.#cancel();
  }
}
