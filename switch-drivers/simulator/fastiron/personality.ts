import { CliTerminal } from '../cli/terminal.ts';
import type { CliPersonality } from '../personality.ts';
import { grammar } from './grammar.ts';

/** Ruckus FastIron 08.0.90 on one ICX switch. */
export const fastiron: CliPersonality = {
  platform: 'fastiron',
  refusal: 'Error - port ethe 1/1/1 are not member of default vlan',
  pagerPrompt: '--More--, next page: Space, next line: Return key, quit: Control-c',
  portNames: (count) => Array.from({ length: count }, (_, index) => `ethernet1/1/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
