import type { Driver, Session } from '../contract/driver.ts';
import type { SimulatedDevice } from '../simulator/device.ts';
import type { SwitchModel } from '../simulator/model/switch-model.ts';

/** A simulated switch that a driver is tried on. */
export interface Subject {
  /** What the switch really does, at every instant: the judge. */
  model: SwitchModel;
  /** Its faults and knobs, and what it was told. */
  device: SimulatedDevice;
  /** What the device says to what it refuses. */
  refusal: string;
  /** Names under which its faults know what is sent to it; null: the lines themselves. */
  operations: readonly string[] | null;
  /** What the driver's `options` take to reach it. */
  options: Record<string, unknown>;
  stop(): Promise<void>;
}

/** How a driver's conformance is tried. */
export interface Trial {
  driver: Driver;
  /** How much is tried at random: plans one after the other, and plans for each fault. */
  effort: { moves: number; faults: number };
  /** Starts a fresh switch with at least 8 ports. */
  subject(): Promise<Subject>;
  /** VLANs the trial may use; 1 and what the platform reserves left out. At least 6, the last one is the idle VLAN. */
  vlans: readonly number[];
}

const quiet = { debug() {}, warn() {} };

/** One switch and the sessions opened to it. */
export class Stage {
  readonly trial: Trial;
  readonly subject: Subject;
  #sessions: Session[] = [];

  private constructor(trial: Trial, subject: Subject) {
    this.trial = trial;
    this.subject = subject;
  }

  static async set(trial: Trial): Promise<Stage> {
    return new Stage(trial, await trial.subject());
  }

  async open(): Promise<Session> {
    const { driver } = this.trial;
    const options = driver.options.parse(this.subject.options);
    const target = { connectTimeoutMs: 60_000, commandTimeoutMs: 60_000 };
    const session = await driver.open({ name: 'subject', options, log: quiet, ...target });
    this.#sessions.push(session);
    return session;
  }

  async strike(): Promise<void> {
    for (const session of this.#sessions) await session.close();
    await this.subject.stop();
  }
}
