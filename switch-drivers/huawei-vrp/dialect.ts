import type { CliDialect } from '../transports/ssh-cli/dialect.ts';
import { failures, pager, views } from '../vrp-family/dialect.ts';
import { PORT_TYPES } from './port-names.ts';

/** What `save` asks in one release or another, and that the settings of the old link type go with it. */
const CONFIRMED =
  /^(?:Warning: The current configuration .*Continue\?|Are you sure to continue\?|Warning: This command will delete VLANs on this port\. Continue\?) ?(?:\[Y\/N\]|\(y\/n\)\[n\]):?$/i;
const FILE_NAME = /^(?:Info: )?Please input the file name ?\(.*\) ?(?:\[.*\])?:?$/i;

/** VRP 5: lines are in force at once. The prompt of VRP 8, with its sign, is none of its: a wrong driver gets nowhere. */
export const dialect: CliDialect = {
  modes: views('', PORT_TYPES),
  home: 'user',
  // Messages of the log would mix with answers.
  setup: ['screen-length 0 temporary', 'undo terminal monitor'],
  pager,
  failures,
  questions: [
    { prompt: CONFIRMED, answer: 'y' },
    { prompt: FILE_NAME, answer: '' },
  ],
};

/**
 * VRP 8 in its two stages: `~` stands before the host's name, `*` once lines wait for `commit`. Without either, lines would be
 * in force at once. What waits is dropped when the system view is left.
 */
export const dialect8: CliDialect = {
  ...dialect,
  modes: views('[~*]', PORT_TYPES),
  questions: [
    ...(dialect.questions ?? []),
    {
      prompt: /Uncommitted configurations found.*\[Y(?:\(yes\))?\/N(?:\(no\))?\/C(?:\(cancel\))?\]:?$/i,
      answer: 'n',
    },
  ],
};
