import type { CliDialect } from '../transports/ssh-cli/dialect.ts';
import { failures, pager, views } from '../vrp-family/dialect.ts';
import { PORT_TYPES } from './port-names.ts';

export const dialect: CliDialect = {
  modes: views('', PORT_TYPES),
  home: 'user',
  // Messages of the log would mix with answers.
  setup: ['screen-length disable', 'undo terminal monitor'],
  pager,
  failures,
};
