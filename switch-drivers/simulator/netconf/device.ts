import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { ConfirmedCommit } from './confirmed-commit.ts';
import { applyEdit, type Schema, type Tree } from './edit.ts';
import { RpcFault } from './fault.ts';
import { type NetconfFaults, type NetconfKnobs, noNetconfFaults } from './faults.ts';

export const STORES = ['running', 'candidate', 'startup'] as const;
export type Store = (typeof STORES)[number];

export interface NetconfDeviceOptions {
  schema: Schema;
  /** Capabilities besides the base versions, as URIs. */
  capabilities: readonly string[];
  bases?: ReadonlyArray<'1.0' | '1.1'>;
  running?: Tree;
  /** What is wrong with a configuration, in the device's words; null = nothing. */
  validate?(tree: Tree): string | null;
  /** Told of every change of the running configuration. */
  onRunningChange?(before: Tree, after: Tree): void;
  /** Operations of a vendor's own; undefined = not known either. */
  vendorRpc?(operation: XmlElement, session: string): readonly XmlElement[] | undefined;
  /** State data that `get` shows beside the running configuration. */
  state?(): Tree;
}

/** Datastores with their locks (RFC 6241 section 5), whatever the models in them. */
export class NetconfDevice {
  readonly options: NetconfDeviceOptions;
  readonly knobs: NetconfKnobs = { latencyMs: 0 };
  readonly faults: NetconfFaults = { ...noNetconfFaults };
  /** Every operation received in any session, oldest first. */
  readonly transcript: XmlElement[] = [];
  readonly confirmed = new ConfirmedCommit((before) => this.#setRunning(before));
  readonly #stores: Record<Store, Tree>;
  readonly #locks = new Map<Store, string>();

  constructor(options: NetconfDeviceOptions) {
    this.options = options;
    const running = options.running ?? [];
    this.#stores = { running, candidate: running, startup: running };
  }

  read(store: Store): Tree {
    return this.#stores[store];
  }

  edit(session: string, store: Store, edits: Tree, defaultOperation: string, atomic: boolean): void {
    this.#assertFree(session, store);
    if (this.faults.ignoreEdits) return;
    const { schema } = this.options;
    // Without rollback-on-error a server stops at the first error and keeps what came before (RFC 6241 section 7.2).
    for (const part of atomic ? [edits] : edits.map((edit) => [edit])) {
      const tree = applyEdit(this.#stores[store], part, defaultOperation, schema);
      if (store === 'running') this.#assertValid(tree);
      this.#set(store, tree);
    }
  }

  copy(session: string, source: Store, target: Store): void {
    this.#assertFree(session, target);
    if (target === 'running') this.#assertValid(this.#stores[source]);
    this.#set(target, this.#stores[source]);
  }

  validate(store: Store): void {
    this.#assertValid(this.#stores[store]);
  }

  commit(
    session: string,
    { seconds, persist, persistId }: { seconds: number | null; persist: string | null; persistId: string | null },
  ): void {
    this.#assertFree(session, 'running');
    this.#assertFree(session, 'candidate');
    this.confirmed.check(session, persistId);
    this.#assertValid(this.#stores.candidate);
    if (seconds === null) this.confirmed.confirm();
    else this.confirmed.start(session, persist, this.#stores.running, seconds);
    this.#setRunning(this.#stores.candidate);
  }

  discard(session: string): void {
    this.#assertFree(session, 'candidate');
    this.#stores.candidate = this.#stores.running;
  }

  lock(session: string, store: Store): void {
    const holder = this.faults.lockHeldBy ?? this.#locks.get(store);
    // RFC 6241 section 8.3.5.2 and 7.5: nor while the candidate has changes that nobody committed.
    const changed = store === 'candidate' && this.#stores.candidate !== this.#stores.running;
    if (holder === undefined && !changed) this.#locks.set(store, session);
    else {
      throw new RpcFault('lock-denied', 'Lock failed, lock is already held', {
        type: 'protocol',
        info: { 'session-id': holder ?? '0' },
      });
    }
  }

  unlock(session: string, store: Store): void {
    if (this.#locks.get(store) !== session) throw new RpcFault('operation-failed', `no lock of yours on ${store}`);
    this.#release(store);
  }

  sessionEnded(session: string): void {
    for (const [store, holder] of this.#locks) if (holder === session) this.#release(store);
    this.confirmed.sessionEnded(session);
  }

  /** RFC 6241 section 8.3.5.2: what is left in the candidate goes with its lock. */
  #release(store: Store): void {
    this.#locks.delete(store);
    if (store === 'candidate') this.#stores.candidate = this.#stores.running;
  }

  #assertFree(session: string, store: Store): void {
    const holder = this.#locks.get(store);
    if (holder !== undefined && holder !== session) {
      throw new RpcFault('in-use', `${store} is locked by session ${holder}`, { type: 'protocol' });
    }
  }

  #assertValid(tree: Tree): void {
    const wrong = this.options.validate?.(tree) ?? null;
    if (wrong !== null) throw new RpcFault('operation-failed', wrong);
  }

  #set(store: Store, tree: Tree): void {
    if (store === 'running') this.#setRunning(tree);
    else this.#stores[store] = tree;
  }

  #setRunning(tree: Tree): void {
    const before = this.#stores.running;
    // A candidate nobody has changed shows the running configuration.
    if (this.#stores.candidate === before) this.#stores.candidate = tree;
    this.#stores.running = tree;
    if (before !== tree) this.options.onRunningChange?.(before, tree);
  }
}
