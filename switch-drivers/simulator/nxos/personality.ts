import { CliTerminal } from '../cli/terminal.ts';
import type { CliPersonality } from '../personality.ts';
import { grammar } from './grammar.ts';

/** Cisco NX-OS on a Nexus 9000 with ports of one line card. */
export const nxos: CliPersonality = {
  platform: 'cisco-nxos',
  refusal: "% Invalid command at '^' marker.",
  pagerPrompt: '--More--',
  portNames: (count) => Array.from({ length: count }, (_, index) => `Ethernet1/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
