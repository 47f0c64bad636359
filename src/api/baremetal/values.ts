import { z } from 'zod';

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0']);

/** Clients send booleans as text as often as not. */
export const booleanLike = z.union([
  z.boolean(),
  z.string().transform((text, context) => {
    const value = text.trim().toLowerCase();
    if (TRUE.has(value)) return true;
    if (FALSE.has(value)) return false;
    context.addIssue({ code: 'custom', message: `'${text.slice(0, 40)}' is not a boolean` });
    return z.NEVER;
  }),
]);

/** Lower case with colons; dashes are taken too. */
export const mac = z
  .string()
  .regex(/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i, 'is not a MAC address such as 52:54:00:12:34:56')
  .transform((text) => text.toLowerCase().replaceAll('-', ':'));

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'is not a UUID');
export const isUuid = (text: string): boolean => uuid.safeParse(text).success;

/** Names that would hide a sub-resource. */
const RESERVED = new Set(
  'ports states portgroups volume detail management maintenance vifs traits bios firmware history inventory validate'.split(
    ' ',
  ),
);

/** RFC 3986 unreserved characters, not a UUID (a UUID always means the uuid). */
export const resourceName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[A-Za-z0-9._~-]+$/, 'may hold letters, digits and -._~ only')
  .refine((name) => !isUuid(name), 'must not look like a UUID')
  .refine((name) => !RESERVED.has(name), 'is a reserved word');

export const jsonObject = z.record(z.string(), z.unknown());
export const text255 = z.string().max(255);

/** Time in the form that Ironic's clients get: microseconds are not kept. */
export const isoTime = (time: Date | null): string | null => (time ? time.toISOString().replace('Z', '+00:00') : null);
