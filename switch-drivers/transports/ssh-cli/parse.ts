import type { z } from 'zod';
import { FabricError } from '../../../topology/error/fabric-error.ts';

/** A device's JSON answer, checked. Anything else is `switch_output_invalid`, naming the command and what was wrong. */
export function parseJson<S extends z.ZodType>(schema: S, command: string, output: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch (error) {
    throw invalidOutput(command, `no JSON: ${JSON.stringify(output.slice(0, 120))}`, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidOutput(command, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'}`, parsed.error);
}

export function invalidOutput(command: string, reason: string, cause?: unknown): FabricError {
  return new FabricError(
    'switch_output_invalid',
    `the switch answered "${command}" with something this driver does not understand (${reason}); report it with the switch's version`,
    { context: { command }, cause },
  );
}

/** Cisco-style VLAN list to ids, ascending: `1-3,10`. Null when the text is not such a list or leaves 1..4094. */
export function parseVlanList(text: string): number[] | null {
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(part);
    if (!match) return null;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (first < 1 || last > 4094 || first > last) return null;
    for (let id = first; id <= last; id += 1) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

/** Ids to a VLAN list in the shortest form; the inverse of parseVlanList. */
export function formatVlanList(ids: readonly number[]): string {
  const ranges: Array<[number, number]> = [];
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** Any vendor's way of writing a MAC address (dots, dashes, colons) to lower case with colons; null if it is none. */
export function normalizeMac(text: string): string | null {
  const digits = text.toLowerCase().replace(/[.:-]/g, '');
  return /^[0-9a-f]{12}$/.test(digits) ? digits.replace(/(..)(?!$)/g, '$1:') : null;
}
