import { CliTerminal } from '../cli/terminal.ts';
import type { CliPersonality } from '../personality.ts';
import { grammar } from './grammar.ts';

/** ZTE ZXROS on a ZXR10 5960: one unit, ports of 10 Gbit/s that are layer 2 ports. */
export const zxros: CliPersonality = {
  platform: 'zte-zxros',
  refusal: "%Error 20200: Invalid input detected at '^' marker.",
  pagerPrompt: ' --More--',
  portNames: (count) => Array.from({ length: count }, (_, index) => `xgei-1/1/0/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
