import { z } from 'zod';
import { sshOptions } from '../ssh-cli/options.ts';

/** Options of platforms that are Linux hosts. */
export const execOptions = sshOptions.omit({ enableSecret: true }).extend({
  /** Run what needs the rights of root with `sudo -n`: the user must be allowed to without a password. */
  sudo: z.boolean().default(true),
});

export type ExecOptions = z.output<typeof execOptions>;
