import type { Answer } from '../cli/grammar.ts';
import { CliTerminal } from '../cli/terminal.ts';
import type { CommandTable } from '../cli/words.ts';
import type { CliPersonality } from '../personality.ts';
import { familyGrammar } from '../vrp-family/grammar.ts';
import { display } from './display.ts';
import { save } from './save.ts';
import { vrpVendor } from './vendor.ts';

/** Ports of S5720-SI negotiate their link type out of the box. */
const FACTORY_MODE = 'dynamic auto';

const VERSION = `Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.170 (S5720 V200R011C10SPC500)
Copyright (C) 2000-2018 HUAWEI TECH CO., LTD
HUAWEI S5720-28X-SI-AC Routing Switch uptime is 3 weeks, 2 days, 4 hours, 1 minute
`;

const vendor = vrpVendor({
  software: 'V200R011C10SPC500',
  factoryMode: FACTORY_MODE,
  enter: 'Enter system view, return user view with Ctrl+Z.\n',
  locked: (user) => `Error: The configuration is locked by user ${user}.\n`,
});

const grammar = familyGrammar(vendor, {
  display: (login) => display(vendor, VERSION, login),
  more: (login, place): CommandTable<Answer> =>
    place === 'privileged'
      ? [
          ['undo terminal monitor', () => ({ output: 'Info: Current terminal monitor is off.\n' })],
          ['save', () => save(login, 'Are you sure to continue?[Y/N]')],
        ]
      : [],
});

/** Huawei S5720, whose lines are in force at once. */
export const vrp5: CliPersonality = {
  platform: 'huawei-vrp',
  refusal: "Error: Unrecognized command found at '^' position.",
  pagerPrompt: '  ---- More ----',
  factory: { mode: FACTORY_MODE },
  portNames: (count) => Array.from({ length: count }, (_, index) => `GigabitEthernet0/0/${index + 1}`),
  attach: (device) => ({ connect: () => new CliTerminal(device, grammar), stop: () => {} }),
};
