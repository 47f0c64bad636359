import { z } from 'zod';
import { sshOptions } from '../ssh-cli/options.ts';

/** Options every NETCONF platform has; a platform extends them with its own. 830: RFC 6242 section 7. */
export const netconfOptions = sshOptions.omit({ enableSecret: true }).extend({
  port: z.int().min(1).max(65535).default(830),
});

export type NetconfOptions = z.output<typeof netconfOptions>;
