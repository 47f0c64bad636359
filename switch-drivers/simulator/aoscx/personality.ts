import { CliTerminal } from '../cli/terminal.ts';
import type { CliPersonality } from '../personality.ts';
import { grammar } from './grammar.ts';

/** HPE Aruba Networking AOS-CX on a 6300: ports are switched and up out of the box. */
export const aoscx: CliPersonality = {
  platform: 'aruba-aoscx',
  refusal: 'Invalid input: 1/1/1',
  pagerPrompt: '-- MORE --, next page: Space, next line: Enter, quit: q',
  portNames: (count) => Array.from({ length: count }, (_, index) => `1/1/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
