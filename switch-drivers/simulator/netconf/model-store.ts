import type { SimConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import type { Tree } from './edit.ts';

/** How a vendor's models say what the vendor-neutral model holds. */
export interface ModelMapping {
  /** Throws RpcFault with the device's words for what it does not commit. `now`: what is running. */
  parse(tree: Tree, now: Readonly<SimConfig>): SimConfig;
  render(config: Readonly<SimConfig>): Tree;
}

/** The running datastore over a switch's model, which others may change as well: an administrator, a reboot. */
export class ModelStore {
  readonly #model: SwitchModel;
  readonly #mapping: ModelMapping;
  #tree: Tree;
  /** What of the model the tree was made from, or made. */
  #shown: Readonly<SimConfig>;

  constructor(model: SwitchModel, mapping: ModelMapping) {
    this.#model = model;
    this.#mapping = mapping;
    this.#shown = model.running;
    this.#tree = mapping.render(model.running);
  }

  read(): Tree {
    const { running } = this.#model;
    if (running !== this.#shown && JSON.stringify(running) !== JSON.stringify(this.#shown)) {
      this.#tree = this.#mapping.render(running);
    }
    this.#shown = running;
    return this.#tree;
  }

  /** One instant, however much changes. */
  write(tree: Tree, cause: string): void {
    const next = this.#mapping.parse(tree, this.#model.running);
    this.#model.change(cause, (config) => Object.assign(config, next));
    this.#tree = tree;
    this.#shown = this.#model.running;
  }
}
