/** Who holds an address in a scope, and until when. */
export interface Lease {
  scope: string;
  mac: string;
  address: string;
  /** `offered` is held for a minute, until the client asks for it. */
  state: 'offered' | 'bound';
  hostname: string | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Where leases are kept. Each method is atomic by itself; several controllers may share one store. */
export interface LeaseStore {
  /** The MAC's last lease in the scope, expired or not: it gets that address again if nobody took it. */
  find(mac: string, scope: string): Promise<Lease | null>;
  /** Addresses of the scope that are leased or set aside at `now`. */
  taken(scope: string, now: number): Promise<ReadonlySet<string>>;
  /**
   * Takes `lease.address` for `lease.mac`, in place of what that MAC held in the scope. False, and nothing changed, when
   * another MAC holds it at `now` or it is set aside.
   */
  claim(lease: Lease, now: number): Promise<boolean>;
  /** Frees the MAC's lease if it is for this address; the address stays remembered for it. */
  release(mac: string, scope: string, address: string, now: number): Promise<void>;
  /** Sets an address aside: a client found somebody else using it (DECLINE). */
  quarantine(scope: string, address: string, until: number): Promise<void>;
}

/** Leases in memory: gone with the process; because allocation starts from a hash of the MAC, mostly found again. */
export class MemoryLeaseStore implements LeaseStore {
  readonly #byMac = new Map<string, Lease>();
  readonly #byAddress = new Map<string, Lease>();
  readonly #aside = new Map<string, number>();

  async find(mac: string, scope: string): Promise<Lease | null> {
    return this.#byMac.get(`${scope} ${mac}`) ?? null;
  }

  async taken(scope: string, now: number): Promise<ReadonlySet<string>> {
    const addresses = new Set<string>();
    for (const lease of this.#byAddress.values()) {
      if (lease.scope === scope && lease.expiresAt > now) addresses.add(lease.address);
    }
    for (const [key, until] of this.#aside) {
      if (until <= now) this.#aside.delete(key);
      else if (key.startsWith(`${scope} `)) addresses.add(key.slice(scope.length + 1));
    }
    return addresses;
  }

  async claim(lease: Lease, now: number): Promise<boolean> {
    const addressKey = `${lease.scope} ${lease.address}`;
    const macKey = `${lease.scope} ${lease.mac}`;
    if ((this.#aside.get(addressKey) ?? 0) > now) return false;
    const holder = this.#byAddress.get(addressKey);
    if (holder && holder.mac !== lease.mac) {
      if (holder.expiresAt > now) return false;
      this.#byMac.delete(`${lease.scope} ${holder.mac}`);
    }
    const previous = this.#byMac.get(macKey);
    if (previous && previous.address !== lease.address) this.#byAddress.delete(`${lease.scope} ${previous.address}`);
    this.#byAddress.set(addressKey, lease);
    this.#byMac.set(macKey, lease);
    return true;
  }

  async release(mac: string, scope: string, address: string, now: number): Promise<void> {
    const lease = this.#byMac.get(`${scope} ${mac}`);
    if (lease?.address === address) lease.expiresAt = now;
  }

  async quarantine(scope: string, address: string, until: number): Promise<void> {
    const key = `${scope} ${address}`;
    const holder = this.#byAddress.get(key);
    if (holder) {
      this.#byAddress.delete(key);
      this.#byMac.delete(`${scope} ${holder.mac}`);
    }
    this.#aside.set(key, until);
  }
}
