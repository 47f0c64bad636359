import type { z } from 'zod';
import type { ChangeablePlatform } from '../ssh-cli/platform.ts';
import type { ExecDialect } from './dialect.ts';
import type { ExecOptions } from './options.ts';

/** A platform that is a Linux host: single commands, whose exit status says whether they were done. */
export type ExecPlatform = ChangeablePlatform & {
  options: z.ZodType<ExecOptions>;
  dialect: ExecDialect;
};
