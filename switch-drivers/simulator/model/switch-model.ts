import { type DtpPartner, factoryConfig, type SimConfig, type SimPortConfig } from './config.ts';
import { addTag, ETHERTYPE_LLDP, isGroupAddress, isLinkLocal, parseFrame } from './frame.ts';
import { encodeLldp, neighborOf, type SimNeighbor } from './lldp.ts';
import { deriveState, type SimPortState } from './port-state.ts';

/** One entry of the change log: a port's state from this instant on. */
export interface SimChange extends SimPortState {
  sequence: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** The line, link event, commit or reboot that brought it about. */
  cause: string;
}

export interface SimMacEntry {
  vlan: number;
  mac: string;
  portId: string;
}

export interface EgressFrame {
  portId: string;
  frame: Buffer;
}

export interface SwitchModelOptions {
  name: string;
  chassisMac: string;
  ports: readonly string[];
  /** What a port out of the box has otherwise than `factoryPort`. */
  factory?: Partial<SimPortConfig>;
}

/** A switch without a vendor: configuration, links, forwarding with MAC learning, LLDP, and a log of every instant. */
export class SwitchModel {
  readonly chassisMac: string;
  readonly portIds: readonly string[];
  /** Every state any port has been in, oldest first. */
  readonly history: SimChange[] = [];
  #running: SimConfig;
  #startup: SimConfig;
  #links = new Map<string, boolean>();
  #partners = new Map<string, DtpPartner>();
  #states = new Map<string, SimPortState>();
  #macs = new Map<string, SimMacEntry>();
  #neighbors = new Map<string, SimNeighbor>();
  #listeners = new Set<(change: SimChange) => void>();

  constructor({ name, chassisMac, ports, factory = {} }: SwitchModelOptions) {
    this.chassisMac = chassisMac;
    this.portIds = [...ports];
    this.#running = factoryConfig(name, ports, factory);
    this.#startup = structuredClone(this.#running);
    for (const portId of ports) this.#links.set(portId, false);
    this.#settle('power on');
  }

  get running(): Readonly<SimConfig> {
    return this.#running;
  }

  get startup(): Readonly<SimConfig> {
    return this.#startup;
  }

  /** Changes the running configuration in one step: no instant in between exists. */
  change(cause: string, edit: (config: SimConfig) => void): void {
    const next = structuredClone(this.#running);
    edit(next);
    this.#running = next;
    this.#settle(cause);
  }

  save(): void {
    this.#startup = structuredClone(this.#running);
  }

  reboot(): void {
    this.#running = structuredClone(this.#startup);
    this.#macs.clear();
    this.#neighbors.clear();
    this.#settle('reboot');
  }

  /** Plugs a partner in (its side sends light) or out; `partner` is what it says about trunking. */
  setLink(portId: string, up: boolean, partner: DtpPartner = 'silent'): void {
    this.#state(portId);
    this.#links.set(portId, up);
    this.#partners.set(portId, up ? partner : 'silent');
    this.#settle(`link ${up ? 'up' : 'down'}`);
  }

  port(portId: string): Readonly<SimPortState> {
    return this.#state(portId);
  }

  /** Is there a partner on the port, whatever the port's own setting? */
  hasLink(portId: string): boolean {
    return this.#links.get(portId) ?? false;
  }

  /** Calls `listener` for each port whose state changes; returns how to stop that. */
  onChange(listener: (change: SimChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** VLAN that an untagged frame entering the port belongs to; null when it is dropped. */
  vlanOf(portId: string): number | null {
    const state = this.#state(portId);
    return state.operUp ? state.untagged : null;
  }

  /** Would an untagged frame that enters at `from` leave at `to`? */
  canReach(from: string, to: string): boolean {
    const vlan = this.vlanOf(from);
    return vlan !== null && from !== to && this.#carries(this.#state(to), vlan);
  }

  /**
   * A frame enters the switch. Returns the frames that leave it, tagged as each port has it: to the port the destination
   * was learned on, else to all of its VLAN. LLDP is heard and goes no further.
   */
  forward(ingress: string, frame: Buffer): EgressFrame[] {
    const state = this.#state(ingress);
    const parsed = parseFrame(frame);
    if (!parsed || !state.operUp) return [];
    if (parsed.ethertype === ETHERTYPE_LLDP && isLinkLocal(parsed.destination)) {
      const neighbor = neighborOf(frame);
      // A TTL of 0 is a partner that says good-bye (IEEE 802.1AB 8.5.4).
      if (neighbor?.ttl === 0) this.#neighbors.delete(ingress);
      else if (neighbor) this.#neighbors.set(ingress, neighbor);
      return [];
    }
    if (isLinkLocal(parsed.destination)) return [];
    const vlan = parsed.vlan ?? state.untagged;
    if (vlan === null || (parsed.vlan !== null && !state.tagged.includes(vlan))) return [];
    const from = state.lag ?? ingress;
    if (!isGroupAddress(parsed.source)) {
      this.#macs.set(`${vlan} ${parsed.source}`, { vlan, mac: parsed.source, portId: from });
    }
    const known = this.#macs.get(`${vlan} ${parsed.destination}`)?.portId;
    const targets = known === undefined ? this.#bridgePorts() : [known];
    return targets
      .filter((target) => target !== from)
      .flatMap((target) => {
        const out = this.#memberOf(target, vlan);
        if (!out) return [];
        return [{ portId: out.portId, frame: out.untagged === vlan ? parsed.untagged : addTag(parsed.untagged, vlan) }];
      });
  }

  macTable(): SimMacEntry[] {
    return [...this.#macs.values()];
  }

  neighbors(): Array<SimNeighbor & { portId: string }> {
    return [...this.#neighbors].map(([portId, neighbor]) => ({ portId, ...neighbor }));
  }

  /** The LLDP frame the switch sends out of the port right now; null while the port is down. */
  lldpFrame(portId: string): Buffer | null {
    const state = this.#state(portId);
    if (!state.operUp) return null;
    return encodeLldp({
      chassisMac: this.chassisMac,
      portId,
      portNumber: this.portIds.indexOf(portId) + 1,
      portDescription: this.#running.ports[portId]?.description ?? null,
      systemName: this.#running.hostname,
      portVlan: state.untagged ?? 0,
    });
  }

  #carries(state: SimPortState, vlan: number): boolean {
    return state.operUp && (state.untagged === vlan || state.tagged.includes(vlan));
  }

  /** Ports to flood to: single ports, and one entry a LAG. */
  #bridgePorts(): string[] {
    return [...new Set([...this.#states.values()].map((state) => state.lag ?? state.portId))];
  }

  /** The port on which a frame for `target` (a port or a LAG) leaves in `vlan`. */
  #memberOf(target: string, vlan: number): SimPortState | undefined {
    return [...this.#states.values()].find(
      (state) => (state.lag ?? state.portId) === target && this.#carries(state, vlan),
    );
  }

  #state(portId: string): SimPortState {
    const state = this.#states.get(portId);
    if (!state) throw new RangeError(`the simulated switch has no port ${portId}`);
    return state;
  }

  /** Works every port's state out anew, and logs and tells what changed. */
  #settle(cause: string): void {
    const changes: SimChange[] = [];
    for (const portId of this.portIds) {
      const partner = this.#partners.get(portId) ?? 'silent';
      const state = deriveState(this.#running, portId, { up: this.hasLink(portId), partner });
      const before = this.#states.get(portId);
      if (before && JSON.stringify(before) === JSON.stringify(state)) continue;
      this.#states.set(portId, state);
      this.#forget(portId, state);
      changes.push({ sequence: this.history.length, at: Date.now(), cause, ...state });
      this.history.push(changes.at(-1)!);
    }
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }

  /** What was learned on a port goes when the port goes down or leaves the VLAN. */
  #forget(portId: string, state: SimPortState): void {
    for (const [key, entry] of this.#macs) {
      if (entry.portId === portId && !this.#carries(state, entry.vlan)) this.#macs.delete(key);
    }
    if (!state.operUp) this.#neighbors.delete(portId);
  }
}
