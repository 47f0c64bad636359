import type { CliPersonality } from '../personality.ts';
import { FACTORY_MODE } from './scene.ts';
import { IosTerminal } from './terminal.ts';

/** Cisco IOS-XE on a Catalyst switch of one member. */
export const ios: CliPersonality = {
  platform: 'cisco-ios',
  pagerPrompt: ' --More-- ',
  factoryMode: FACTORY_MODE,
  portNames: (count) => Array.from({ length: count }, (_, index) => `GigabitEthernet1/0/${index + 1}`),
  attach: (device) => ({ connect: () => new IosTerminal(device), stop: () => {} }),
};
