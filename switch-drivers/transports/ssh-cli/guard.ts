import { FabricError } from '../../../topology/error/fabric-error.ts';

declare const cliLine: unique symbol;

/** A line that was built by `line` and may go to a device as it is. */
export type CliLine = string & { readonly [cliLine]: true };

/**
 * What a value inside a line may be made of. It covers every vendor's port names (`Ethernet3/1/1`, `xe-0/0/1:0`, `gei_5/2`)
 * and VLAN lists (`1-3,5`), and leaves out what ends a word, a line or a command anywhere: blanks, control characters,
 * quotes, `;`, `|`, `&`, `$`, backtick, backslash, brackets, `?` (help key), `!` and `#` (comments).
 */
const SAFE_VALUE = /^[A-Za-z0-9][A-Za-z0-9_.:/,-]{0,2047}$/;

const SAFE_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,31}$/;

type Value = string | number;

/**
 * Builds a line; every value laid into it is checked, so that no platform definition can forget to. A list is laid in as so
 * many words.
 */
export function line(words: TemplateStringsArray, ...values: ReadonlyArray<Value | readonly Value[]>): CliLine {
  let text = words[0]!;
  values.forEach((value, index) => {
    text += [value].flat().map(guardValue).join(' ') + words[index + 1]!;
  });
  return text as CliLine;
}

function guardValue(value: Value): string {
  const text = String(value);
  if (typeof value === 'number' ? !Number.isSafeInteger(value) || value < 0 : !SAFE_VALUE.test(text))
    throw unsafe(text);
  return text;
}

/** Checks a name that a person or a tenant chose (VLAN name): letters, digits, `_ . -`, 32 at most, a letter first. */
export function safeName(name: string): string {
  if (!SAFE_NAME.test(name)) throw unsafe(name);
  return name;
}

function unsafe(text: string): FabricError {
  return new FabricError(
    'switch_unsafe_text',
    `${JSON.stringify(text.slice(0, 80))} may not go into a switch's command line; use letters, digits, "_", "." and "-" only`,
    { context: { text: text.slice(0, 80) } },
  );
}

/** The last gate before the wire: one line, printable ASCII, whatever built it. */
export function assertOneLine(text: string): void {
  if (!/^[\x20-\x7e]{0,8192}$/.test(text)) throw unsafe(text);
}
