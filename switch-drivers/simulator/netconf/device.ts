import type { XmlElement } from '../../transports/netconf/xml/element.ts';
import { SimulatedDevice } from '../device.ts';
import { SwitchModel } from '../model/switch-model.ts';
import { ConfirmedCommit } from './confirmed-commit.ts';
import { applyEdit, type Schema, type Tree } from './edit.ts';
import { RpcFault } from './fault.ts';
import { type NetconfFaults, noNetconfFaults } from './faults.ts';

export const STORES = ['running', 'candidate', 'startup'] as const;
export type Store = (typeof STORES)[number];

export interface NetconfDeviceOptions {
  schema: Schema;
  /** Capabilities besides the base versions, as URIs. */
  capabilities: readonly string[];
  bases?: ReadonlyArray<'1.0' | '1.1'>;
  running?: Tree;
  /** Where the running configuration is kept instead; its tree stays the same object until it changes. */
  backing?: { read(): Tree; write(tree: Tree, cause: string): void };
  /** What the server shares with every simulated device: faults, knobs, and what was sent to it. */
  simulated?: SimulatedDevice;
  /** What is wrong with a configuration, in the device's words; null = nothing. */
  validate?(tree: Tree): string | RpcFault | null;
  /** An edit as it is stored, e.g. in the one namespace of the device's models. */
  normalize?(edits: Tree): Tree;
  /** Operations of a vendor's own; undefined = not known either. */
  vendorRpc?(operation: XmlElement, context: { session: string; device: NetconfDevice }): Tree | undefined;
  /** State data that `get` shows with the running configuration. */
  state?(): Tree;
  /** Junos: a commit of any session confirms the one that waits, and so does a validation; only the timer takes it back. */
  anyCommitConfirms?: boolean;
  /** The running configuration is in force for good: nothing waits for a confirmation. */
  onPermanent?(): void;
  /** Copies the running configuration to startup, where the device keeps that elsewhere. */
  save?(): Promise<void>;
}

/** Datastores with their locks (RFC 6241 section 5), whatever the models in them. */
export class NetconfDevice {
  readonly options: NetconfDeviceOptions;
  /** Faults and knobs by the names of operations, and the names of all that were received. */
  readonly simulated: SimulatedDevice;
  /** What else goes wrong. */
  readonly faults: NetconfFaults = { ...noNetconfFaults };
  /** Every operation received in any session, oldest first. */
  readonly transcript: XmlElement[] = [];
  readonly confirmed: ConfirmedCommit;
  /** What was running before the last commit; Junos calls it rollback 1. */
  previous: Tree;
  #running: Tree;
  #startup: Tree;
  /** null: nobody has changed it, so it shows the running configuration. */
  #candidate: Tree | null = null;
  readonly #locks = new Map<Store, string>();

  constructor(options: NetconfDeviceOptions) {
    this.options = options;
    this.simulated = options.simulated ?? new SimulatedDevice(new SwitchModel(NOBODY));
    this.#running = options.running ?? [];
    this.#startup = this.#running;
    this.previous = this.read('running');
    const { anyCommitConfirms = false } = options;
    this.confirmed = new ConfirmedCommit({ restore: (before) => this.#restore(before), anyCommitConfirms });
  }

  read(store: Store): Tree {
    const running = this.options.backing?.read() ?? this.#running;
    if (store === 'startup') return this.#startup;
    return store === 'running' ? running : (this.#candidate ?? running);
  }

  edit(session: string, store: Store, edits: Tree, defaultOperation: string, atomic: boolean): void {
    this.#assertFree(session, store);
    const { schema, normalize = (tree: Tree) => tree } = this.options;
    const stored = normalize(edits);
    // Without rollback-on-error a server stops at the first error and keeps what came before (RFC 6241 section 7.2).
    for (const part of atomic ? [stored] : stored.map((edit) => [edit])) {
      const tree = applyEdit(this.read(store), part, defaultOperation, schema);
      if (store === 'running') this.#assertValid(tree);
      this.#set(store, tree, 'edit-config');
    }
  }

  async copy(session: string, source: Store, target: Store): Promise<void> {
    this.#assertFree(session, target);
    if (target === 'running') this.#assertValid(this.read(source));
    if (target === 'startup' && source === 'running') await this.options.save?.();
    this.#set(target, this.read(source), 'copy-config');
  }

  validate(store: Store): void {
    this.#assertValid(this.read(store));
    if (this.options.anyCommitConfirms) this.#confirm();
  }

  commit(
    session: string,
    { seconds, persist, persistId }: { seconds: number | null; persist: string | null; persistId: string | null },
  ): void {
    this.#assertFree(session, 'running');
    this.#assertFree(session, 'candidate');
    this.confirmed.check(session, persistId);
    const candidate = this.read('candidate');
    this.#assertValid(candidate);
    const before = this.read('running');
    if (candidate !== before) this.previous = before;
    if (seconds !== null) this.confirmed.start(session, persist, before, seconds);
    this.#set('running', candidate, 'commit');
    this.#candidate = null;
    if (seconds === null) this.#confirm();
  }

  discard(session: string): void {
    this.#assertFree(session, 'candidate');
    this.#candidate = null;
  }

  /** The candidate as a whole, e.g. by a vendor's own operation. */
  load(session: string, tree: Tree): void {
    this.#assertFree(session, 'candidate');
    this.#candidate = tree;
  }

  lock(session: string, store: Store): void {
    const holder = this.#heldOutside ?? this.#locks.get(store);
    // RFC 6241 section 8.3.5.2 and 7.5: nor while the candidate has changes that nobody committed.
    const changed = store === 'candidate' && this.#candidate !== null;
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

  /** A session-id; somebody on another interface of the device counts as 0 (RFC 6241 section 7.5). */
  get #heldOutside(): string | undefined {
    const { lockHeld } = this.simulated.faults;
    return lockHeld === null ? undefined : /^\d+$/.test(lockHeld) ? lockHeld : '0';
  }

  #confirm(): void {
    this.confirmed.confirm();
    this.options.onPermanent?.();
  }

  #restore(before: Tree): void {
    this.#set('running', before, 'rollback');
    this.options.onPermanent?.();
  }

  /** RFC 6241 section 8.3.5.2: what is left in the candidate goes with its lock. */
  #release(store: Store): void {
    this.#locks.delete(store);
    if (store === 'candidate') this.#candidate = null;
  }

  #assertFree(session: string, store: Store): void {
    const holder = this.#locks.get(store);
    if (holder !== undefined && holder !== session) {
      throw new RpcFault('in-use', `${store} is locked by session ${holder}`, { type: 'protocol' });
    }
  }

  #assertValid(tree: Tree): void {
    const wrong = this.options.validate?.(tree) ?? null;
    if (wrong !== null) throw typeof wrong === 'string' ? new RpcFault('operation-failed', wrong) : wrong;
  }

  #set(store: Store, tree: Tree, cause: string): void {
    if (store === 'candidate') this.#candidate = tree;
    else if (store === 'startup') this.#startup = tree;
    else if (tree !== this.read('running')) {
      if (this.options.backing) this.options.backing.write(tree, cause);
      else this.#running = tree;
    }
  }
}

/** For a server whose models are no switch's. */
const NOBODY = { name: 'nobody', chassisMac: '02:00:00:00:00:00', ports: [] };
