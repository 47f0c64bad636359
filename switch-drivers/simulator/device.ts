import { setTimeout as sleep } from 'node:timers/promises';
import type { SwitchModel } from './model/switch-model.ts';

/** How slow and how narrow the simulated device is; may be changed while it runs. */
export interface Knobs {
  /** Milliseconds each line takes. */
  lineLatencyMs: number;
  /** Milliseconds a save takes. */
  saveLatencyMs: number;
  /** Sessions at once; a further login is refused. */
  sessionLimit: number;
  /** Printed before the first prompt. */
  banner: string;
  /** Asked for before the privileged mode; null = not asked. */
  enableSecret: string | null;
  /** IOS: the hardware also trunks with ISL, so that a trunk's encapsulation has to be told. */
  isl: boolean;
  /** IOS: VLANs come from a VTP server and cannot be made or deleted here. */
  vtpClient: boolean;
  /** Lines a page while the session has not turned paging off; 0 = no paging. */
  pageLength: number;
}

export const defaultKnobs: Knobs = {
  lineLatencyMs: 0,
  saveLatencyMs: 0,
  sessionLimit: 32,
  banner: '',
  enableSecret: null,
  isl: false,
  vtpClient: false,
  pageLength: 24,
};

/** What goes wrong; may be changed while it runs. */
export interface Faults {
  /** Cuts the connection when this line has been received: `before` it is executed, or `after`, its answer unsent. */
  drop: { line: RegExp; when: 'before' | 'after' } | null;
  /** Cuts the connection after this many more lines; counts down. */
  dropAfterLines: number | null;
  /** Lines that are taken without a word and have no effect. */
  ignore: RegExp | null;
  /** Lines that are refused with the text. */
  reject: { line: RegExp; text: string } | null;
  /** An answer is cut off half way and goes on as random bytes, without a prompt for so long; the same for a seed. */
  garble: { line: RegExp; ms: number; seed: number } | null;
  /** The line is executed at once, but its answer comes only so much later. */
  stall: { line: RegExp; ms: number } | null;
  /** Runs when the line was received and not yet executed: another administrator edits at that moment. */
  editOn: { line: RegExp; edit(model: SwitchModel): void } | null;
  /** This user has the configuration locked: nobody enters the configuration mode. */
  lockHeld: string | null;
  /** Saving fails with this text. */
  saveError: string | null;
  /** The device reboots when it is told to save, before it has saved. */
  rebootBeforeSave: boolean;
}

export const noFaults: Faults = {
  drop: null,
  dropAfterLines: null,
  ignore: null,
  reject: null,
  garble: null,
  stall: null,
  editOn: null,
  lockHeld: null,
  saveError: null,
  rebootBeforeSave: false,
};

export class SaveFailed extends Error {}

/** A simulated switch as its personalities see it: the model, what is wrong with it, and what it was told. */
export class SimulatedDevice {
  readonly model: SwitchModel;
  readonly knobs: Knobs;
  readonly faults: Faults = { ...noFaults };
  /** Every line received in any session, oldest first. */
  readonly transcript: string[] = [];
  /** How often the running configuration was saved. */
  saves = 0;
  #onReboot = new Set<() => void>();

  constructor(model: SwitchModel, knobs: Partial<Knobs> = {}) {
    this.model = model;
    this.knobs = { ...defaultKnobs, ...knobs };
  }

  /** Saves the running configuration; throws SaveFailed with the device's words. */
  async save(): Promise<void> {
    if (this.knobs.saveLatencyMs > 0) await sleep(this.knobs.saveLatencyMs);
    if (this.faults.rebootBeforeSave) {
      this.reboot();
      throw new SaveFailed('');
    }
    if (this.faults.saveError !== null) throw new SaveFailed(this.faults.saveError);
    this.model.save();
    this.saves += 1;
  }

  /** Unsaved configuration is lost, every session is cut. */
  reboot(): void {
    this.model.reboot();
    for (const listener of this.#onReboot) listener();
  }

  onReboot(listener: () => void): void {
    this.#onReboot.add(listener);
  }
}
