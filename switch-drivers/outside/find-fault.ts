import { z } from 'zod';

const count = z.int().min(1);

/** What every driver has, whatever contract it was written for; a member is only looked at for what it is. */
const schema = z.looseObject({
  contract: z.int(),
  platform: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'lower case letters, digits and dashes, a letter first'),
  title: z.string().min(1).max(200),
  capabilities: z.looseObject({
    modes: z.array(z.enum(['access', 'trunk'])).min(1),
    vlanMustExist: z.boolean(),
    atomic: z.enum(['transactional', 'confirmed-commit', 'ordered']),
    hasStartupConfig: z.boolean(),
    lag: z.enum(['none', 'existing', 'created']),
    vxlan: z.enum(['none', 'evpn', 'vtep']),
    maxSessions: count,
    neighbors: z.boolean(),
    macTable: z.boolean(),
  }),
  options: z.looseObject({ safeParse: z.function() }),
  open: z.function(),
});

/** What is wrong with what a module gave for a driver, in words; null: nothing that can be seen from outside. */
export function findFault(driver: unknown): string | null {
  if (driver === undefined) return 'there is none; write `export default defineDriver(...)`';
  const parsed = schema.safeParse(driver);
  if (parsed.success) return null;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is not as it should be'}`;
}
