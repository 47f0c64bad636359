import type { SimulatedDevice } from './device.ts';
import type { SimulatedPlatform } from './platform.ts';
import { startSshServer } from './ssh/server.ts';

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
export interface CliPersonality extends Omit<SimulatedPlatform, 'serve' | 'operations'> {
  /** What is shown at the end of a page. */
  pagerPrompt: string;
  /** What all sessions of a device share; called once a device. */
  attach(device: SimulatedDevice): { connect(user: string): Terminal; stop(): void };
}

/** The command line behind a real SSH server. */
export function overSsh(personality: CliPersonality): SimulatedPlatform {
  const { pagerPrompt: _, attach, ...platform } = personality;
  return {
    ...platform,
    async serve(device, options) {
      const { connect, stop } = attach(device);
      const server = await startSshServer({ ...options, device, personality, connect });
      return {
        ...server,
        stop: async () => {
          stop();
          await server.stop();
        },
      };
    },
  };
}
