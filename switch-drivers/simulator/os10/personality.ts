import { CliTerminal } from '../cli/terminal.ts';
import type { CliPersonality } from '../personality.ts';
import { grammar } from './grammar.ts';
import { ETHERNET } from './interface-names.ts';

/** Dell SmartFabric OS10 on a PowerSwitch S5248F-ON. */
export const os10: CliPersonality = {
  platform: 'dell-os10',
  refusal: '% Error: Unrecognized command.',
  pagerPrompt: '--more--',
  portNames: (count) => Array.from({ length: count }, (_, index) => `${ETHERNET}1/1/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
