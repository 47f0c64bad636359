import type { Answer, Login } from '../cli/grammar.ts';
import { CliTerminal } from '../cli/terminal.ts';
import type { CommandTable } from '../cli/words.ts';
import type { CliPersonality } from '../personality.ts';
import { familyGrammar } from '../vrp-family/grammar.ts';
import { display } from './display.ts';
import { comware } from './vendor.ts';

const WRITTEN = 'The current configuration will be written to the device. Are you sure? [Y/N]:';

const grammar = familyGrammar(comware, {
  display,
  more: (login): CommandTable<Answer> => [
    ['undo terminal monitor', () => ({ output: 'The current terminal is disabled to display logs.\n' })],
    ['save', () => login.ask(WRITTEN, (text) => (/^y/i.test(text) ? saved(login) : { output: '' }))],
    ['save force', () => saved(login)],
  ],
});

function saved(login: Login) {
  return login.save(
    (failure) =>
      `Validating file. Please wait...\n${failure ?? 'Saved the current configuration to mainboard device successfully.'}\n`,
  );
}

export const comwareSwitch: CliPersonality = {
  platform: 'hpe-comware',
  refusal: " % Unrecognized command found at '^' position.",
  pagerPrompt: '---- More ----',
  portNames: (count) => Array.from({ length: count }, (_, index) => `Ten-GigabitEthernet1/0/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
