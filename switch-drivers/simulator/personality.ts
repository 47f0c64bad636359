import type { SimulatedDevice } from './device.ts';
import type { SimPortConfig } from './model/config.ts';

/** One login on a device's command line. */
export interface Terminal {
  prompt(): string;
  /** True while the device asks for a secret: what is typed is not echoed. */
  secret(): boolean;
  /** Lines a page; 0 = paging off. */
  pageLength(): number;
  /** Runs one line as the device would. `close`: the device ends the session. */
  execute(line: string): Promise<{ output: string; close?: boolean }>;
  /** The session is gone, however it ended. */
  disconnect(): void;
}

/** A vendor's command line on top of the vendor-neutral model. */
export interface CliPersonality {
  platform: string;
  /** What is shown at the end of a page. */
  pagerPrompt: string;
  /** Mode of a port out of the box; access where it is left out. */
  factoryMode?: SimPortConfig['mode'];
  /** Port names as the vendor counts them. */
  portNames(count: number): string[];
  /** What all sessions of a device share; called once a device. */
  attach(device: SimulatedDevice): { connect(user: string): Terminal; stop(): void };
}
