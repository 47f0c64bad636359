import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { isSecretName } from '../../topology/secrets/secret-name.ts';

export function portNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('a port is a number from 0 to 65535.');
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed.');
}

const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90`, `90s`, `10m`, `2h`. */
export function duration(text: string): number {
  const match = /^(\d{1,6})([smh]?)$/.exec(text);
  if (match) return Number(match[1]) * UNITS[match[2]!]!;
  throw new InvalidArgumentError('a time is needed, such as 90, 90s, 10m or 2h.');
}

/** Options that may be given several times, as a list. */
export const collect = (text: string, before: string[] = []): string[] => [...before, text];

/**
 * `key=value` members: numbers, true, false, null, lists and objects as JSON, anything else as text; `key=@FILE` is the
 * file's content (`@-`: standard input) without its last newline. A dotted key is a member of a member.
 * Errors: `usage_*`, also for a secret that is written out, which everybody on the machine could read.
 */
export function members(pairs: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new FabricError('usage_member_invalid', `"${pair}" is no key=value`);
    const key = pair.slice(0, at);
    const parts = key.split('.');
    if (parts.some((part) => part === '' || part === '__proto__')) {
      throw new FabricError('usage_member_invalid', `"${key}" is no name of a member`);
    }
    let holder = result;
    for (const part of parts.slice(0, -1)) {
      if (typeof holder[part] !== 'object' || holder[part] === null) holder[part] = {};
      holder = holder[part] as Record<string, unknown>;
    }
    holder[parts.at(-1)!] = memberValue(key, pair.slice(at + 1));
  }
  return result;
}

function memberValue(key: string, text: string): unknown {
  if (text.startsWith('@')) return fileText(text.slice(1));
  if (key.split('.').some(isSecretName) && text !== '') {
    throw new FabricError(
      'usage_secret_in_arguments',
      `Everybody on this machine can read the arguments of a program, so ${key} must not be written out: ` +
        `put it into a file and write ${key}=@FILE, or ${key}=@- for standard input`,
    );
  }
  if (!/^(-?\d+(\.\d+)?|true|false|null|[[{"].*)$/s.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Content of a text file without its last newline; `-` is standard input. Error: `file_not_found`. */
export function fileText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new FabricError(
      'file_not_found',
      `${file === '-' ? 'Standard input' : file} cannot be read: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}
