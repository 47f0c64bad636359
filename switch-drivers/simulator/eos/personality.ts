import type { CliPersonality } from '../personality.ts';
import { ConfigSessionStore } from './config-sessions.ts';
import { EosTerminal } from './terminal.ts';

/** Arista EOS. */
export const eos: CliPersonality = {
  platform: 'arista-eos',
  refusal: '% Invalid input',
  pagerPrompt: ' --More-- ',
  portNames: (count) => Array.from({ length: count }, (_, index) => `Ethernet${index + 1}`),
  attach(device) {
    const sessions = new ConfigSessionStore(device.model);
    device.onReboot(() => sessions.clear());
    return { connect: () => new EosTerminal(device, sessions), stop: () => sessions.clear() };
  },
};
