import type { LineRule } from '../../transports/ssh-cli/text/read-lines.ts';
import { pagerRemover, TERMINAL } from '../../vrp-family/noise.ts';

export { orNull, vlanId } from '../../vrp-family/noise.ts';

/** Lines of no command: the terminal's, log messages, rulers. */
export const NOISE: readonly LineRule[] = [
  ...TERMINAL,
  { pattern: /^[%#] ?[A-Z][a-z]{2} [\d ]\d \d\d:\d\d:\d\d:\d{3} \d{4} \S+ / },
  { pattern: /^\s*[-=]{5,}$/ },
];

export const withoutPager = pagerRemover(16);
