import { CliTerminal } from '../cli/terminal.ts';
import type { CliPersonality } from '../personality.ts';
import { FACTORY_MODE } from './factory.ts';
import { grammar } from './grammar.ts';

/** Cisco IOS-XE on a Catalyst switch of one member. */
export const ios: CliPersonality = {
  platform: 'cisco-ios',
  refusal: "% Invalid input detected at '^' marker.",
  pagerPrompt: ' --More-- ',
  factory: { mode: FACTORY_MODE },
  portNames: (count) => Array.from({ length: count }, (_, index) => `GigabitEthernet1/0/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
