import type { SwitchModel } from '../../switch-drivers/simulator/model/switch-model.ts';

/** One end of a cable: a port of a simulated switch. */
export interface Jack {
  model: SwitchModel;
  portId: string;
}

type Receiver = (frame: Buffer) => void;

/**
 * The cables of the rack. Every switch has one uplink, and all uplinks meet where the router is: a frame reaches
 * whoever the switches forward it to at that moment, and nobody else.
 */
export class Wire {
  readonly #receivers = new Map<SwitchModel, Map<string, Receiver>>();
  readonly #uplinks = new Map<SwitchModel, string>();

  /** Makes `portId` the switch's uplink: a trunk of whatever VLANs exist on the switch. */
  addSwitch(model: SwitchModel, uplink: string): void {
    this.#receivers.set(model, new Map());
    this.#uplinks.set(model, uplink);
    model.change('cabling', (config) => {
      Object.assign(config.ports[uplink]!, { mode: 'trunk', allowed: 'all', nativeVlan: 'tag' });
    });
    model.setLink(uplink, true);
  }

  plug(jack: Jack, receiver: Receiver): void {
    this.#receivers.get(jack.model)!.set(jack.portId, receiver);
  }

  unplug(jack: Jack): void {
    this.#receivers.get(jack.model)!.delete(jack.portId);
    jack.model.setLink(jack.portId, false);
  }

  /** The VLAN in which an untagged frame from this jack reaches the router; null when it reaches nothing. */
  vlanToRouter({ model, portId }: Jack): number | null {
    return model.canReach(portId, this.#uplinks.get(model)!) ? model.vlanOf(portId) : null;
  }

  /** A server's NIC sends a frame. */
  send(from: Jack, frame: Buffer): void {
    this.#enter(from.model, from.portId, frame, new Set([from.model]));
  }

  #enter(model: SwitchModel, ingress: string, frame: Buffer, visited: Set<SwitchModel>): void {
    const uplink = this.#uplinks.get(model)!;
    for (const out of model.forward(ingress, frame)) {
      if (out.portId !== uplink) {
        this.#receivers.get(model)!.get(out.portId)?.(out.frame);
        continue;
      }
      for (const [other, otherUplink] of this.#uplinks) {
        if (visited.has(other)) continue;
        visited.add(other);
        this.#enter(other, otherUplink, out.frame, visited);
      }
    }
  }
}
