import type { SimConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';

/** Where lines of the configuration go: the switch itself, or a candidate. */
export interface ConfigStore {
  change(cause: string, edit: (config: SimConfig) => void): void;
}

/** Edits of one login that wait for their commit, which applies them all in one instant. */
export class Candidate implements ConfigStore {
  #model: SwitchModel;
  #edits: Array<(config: SimConfig) => void> = [];

  constructor(model: SwitchModel) {
    this.#model = model;
  }

  get pending(): boolean {
    return this.#edits.length > 0;
  }

  /** The configuration as a commit would leave it. */
  get merged(): SimConfig {
    const config = structuredClone(this.#model.running) as SimConfig;
    for (const edit of this.#edits) edit(config);
    return config;
  }

  /** A line that changes nothing is not kept. */
  change(_cause: string, edit: (config: SimConfig) => void): void {
    const before = this.merged;
    const after = structuredClone(before);
    edit(after);
    if (JSON.stringify(before) !== JSON.stringify(after)) this.#edits.push(edit);
  }

  commit(): void {
    const edits = this.#edits;
    this.#edits = [];
    this.#model.change('commit', (config) => {
      for (const edit of edits) edit(config);
    });
  }

  drop(): void {
    this.#edits = [];
  }
}
