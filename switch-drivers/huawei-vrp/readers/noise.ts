import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';
import { pagerRemover, TERMINAL } from '../../vrp-family/noise.ts';

export { orNull, vlanId } from '../../vrp-family/noise.ts';

/** Lines of no command: the terminal's, time stamps, rulers. */
export const NOISE: readonly LineRule[] = [
  ...TERMINAL,
  { pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?(?: ?[+-]\d\d:\d\d)?(?: DST)?$/ },
  { pattern: /^Info: It will take a long time /i },
  { pattern: /^\s*[-=][-= ]{4,}$/ },
];

export const withoutPager = pagerRemover(42);
