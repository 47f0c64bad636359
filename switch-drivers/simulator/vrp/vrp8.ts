import { Candidate } from '../cli/candidate.ts';
import type { Answer, CliGrammar, Login, Place, Reply } from '../cli/grammar.ts';
import { CliTerminal } from '../cli/terminal.ts';
import { type CommandTable, matches } from '../cli/words.ts';
import type { CliPersonality } from '../personality.ts';
import { familyGrammar, promptOf } from '../vrp-family/grammar.ts';
import { display } from './display.ts';
import { save } from './save.ts';
import { vrpVendor } from './vendor.ts';

const UNCOMMITTED =
  'Warning: Uncommitted configurations found. Are you sure to commit them before exiting? [Y(yes)/N(no)/C(cancel)]:';

const VERSION = `Huawei Versatile Routing Platform Software
VRP (R) software, Version 8.180 (CE6800 V200R005C10SPC800)
Copyright (C) 2012-2018 Huawei Technologies Co., Ltd.
HUAWEI CE6856-48T6Q-HI uptime is 3 weeks, 2 days, 4 hours, 1 minute
`;

const vendor = vrpVendor({
  software: 'V200R005C10SPC800',
  factoryMode: 'access',
  enter: 'Enter system view, return user view with return command.\n',
  // Whoever has the configuration to himself keeps others from committing, not from editing.
  locked: () => null,
});

/** The two stages: lines go into the candidate of the login until `commit`. */
function grammarWith(candidate: Candidate): CliGrammar {
  const family = familyGrammar(vendor, {
    display: (login) => [
      ...display(vendor, VERSION, login),
      ['configuration candidate merge', () => vendor.configText(candidate.merged)],
    ],
    more: (login, place) => (place === 'privileged' ? userView(login) : systemView(login, place, candidate)),
  });
  return {
    ...family,
    prompt: (host, place) => promptOf(host, place, candidate.pending ? '*' : '~'),
    configure(scene, context, line) {
      const leaves = matches(line.words, 'return') || (context.kind === 'top' && matches(line.words, 'quit'));
      if (leaves && candidate.pending) return { kind: 'invalid', word: 0, char: 0 };
      return family.configure(scene, context, line);
    },
  };
}

function userView(login: Login): CommandTable<Answer> {
  return [
    ['undo terminal monitor', () => ({ output: 'Info: Current terminal monitor is off.\n' })],
    ['save', () => save(login, 'Warning: The current configuration will be written to the device. Continue? [Y/N]:')],
  ];
}

function systemView(login: Login, place: Place, candidate: Candidate): CommandTable<Answer> {
  const asks: CommandTable<Answer> = [
    ['return', () => leave(login, candidate)],
    ...(typeof place === 'object' && place.kind === 'top' ? ([['quit', () => leave(login, candidate)]] as const) : []),
  ];
  return [
    ['commit', () => commit(login, candidate)],
    [
      'clear configuration candidate',
      () => {
        candidate.drop();
        return { output: '' };
      },
    ],
    ...(candidate.pending ? asks : []),
  ];
}

function commit({ device }: Login, candidate: Candidate): Reply {
  const { lockHeld } = device.faults;
  if (lockHeld !== null) return { output: `Error: The configuration has been locked by user ${lockHeld}.\n` };
  candidate.commit();
  return { output: 'Committing....done.\n' };
}

function leave(login: Login, candidate: Candidate): Answer {
  return login.ask(UNCOMMITTED, (text) => {
    if (/^c/i.test(text)) return { output: '' };
    const reply = /^y/i.test(text) ? commit(login, candidate) : { output: '' };
    candidate.drop();
    login.leave();
    return reply;
  });
}

/** Huawei CloudEngine 6800 in two stages. */
export const vrp8: CliPersonality = {
  platform: 'huawei-vrp8',
  refusal: "Error: Unrecognized command found at '^' position.",
  pagerPrompt: '  ---- More ----',
  portNames: (count) => Array.from({ length: count }, (_, index) => `10GE1/0/${index + 1}`),
  attach: (device) => ({
    connect: () => {
      const candidate = new Candidate(device.model);
      return new CliTerminal(device, grammarWith(candidate), candidate);
    },
    stop: () => {},
  }),
};
