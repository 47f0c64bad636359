import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalLines } from '../../../switch-drivers/transports/ssh-cli/command-line.ts';
import { assertOneLine, line, safeName } from '../../../switch-drivers/transports/ssh-cli/guard.ts';
import { commandOutput, lastLine } from '../../../switch-drivers/transports/ssh-cli/output.ts';
import { formatVlanList, normalizeMac, parseVlanList } from '../../../switch-drivers/transports/ssh-cli/parse.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';

/** Every octet, control characters included; fc's own binary strings take seconds to set up. */
const anyText = fc.uint8Array({ maxLength: 40 }).map((octets) => Buffer.from(octets).toString('latin1'));

const unsafe = expect.objectContaining({ code: 'switch_unsafe_text' });

test('a line takes port names of every vendor and VLAN lists', () => {
  for (const name of [
    'Ethernet3/1/1',
    'xe-0/0/1:0',
    'gei_5/2',
    'GigabitEthernet1/0/1',
    '1/1/1',
    'ge-0/0/3.0',
    '1-3,5',
  ]) {
    expect(line`interface ${name}`).toBe(`interface ${name}`);
  }
});

test('whatever is laid into a line, it stays one line and one command', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let built: string | null = null;
      try {
        built = line`interface ${text} end`;
      } catch (error) {
        if (!isFabricError(error, 'switch_unsafe_text')) throw error;
      }
      return built === null || /^interface [A-Za-z0-9][A-Za-z0-9_.:/,-]* end$/.test(built);
    }),
  );
  for (const bad of [
    '-rf',
    'a b',
    'a;b',
    'a|b',
    "a'b",
    'a"b',
    '$(x)',
    '`x`',
    'a\nb',
    'a\rb',
    'a\x00',
    'a?',
    '!x',
    'a&b',
    'a\\b',
    'é',
    '',
  ]) {
    expect(() => line`x ${bad}`, JSON.stringify(bad)).toThrow(unsafe);
    expect(() => safeName(bad), JSON.stringify(bad)).toThrow(unsafe);
  }
  expect(() => line`x ${Number.NaN}`).toThrow(unsafe);
  expect(() => line`x ${-1}`).toThrow(unsafe);
  expect(() => assertOneLine('show version\nreload')).toThrow(unsafe);
  expect(() => assertOneLine('show\tversion')).toThrow(unsafe);
});

test('a name starts with a letter and has 32 characters at most', () => {
  expect(safeName('tenant-30')).toBe('tenant-30');
  expect(() => safeName('x'.repeat(33))).toThrow(unsafe);
  expect(() => safeName('3com')).toThrow(unsafe);
});

test('escapes, carriage returns and backspaces are read as a terminal shows them', () => {
  expect(lastLine('x\r\n\x1b[5n\x1b[0msw1#\x1b[K ')).toBe('sw1#');
  expect(lastLine('a\n --More-- \r          \rsw1#')).toBe('sw1#');
  expect(commandOutput('show x\r\none\r\n --More-- \b\b\b\b\b\b\b\b\b\b          \rtwo\r\nsw1#', 'show x')).toBe(
    'one\ntwo',
  );
});

test('output readers take any bytes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      lastLine(text);
      commandOutput(text, 'show');
      parseVlanList(text);
      normalizeMac(text);
    }),
  );
});

test('VLAN lists survive a round trip, and nothing outside 1..4094 is taken', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 4094 }), { minLength: 1, maxLength: 60 }), (ids) => {
      expect(parseVlanList(formatVlanList(ids))).toEqual([...ids].sort((a, b) => a - b));
    }),
  );
  for (const bad of ['0', '4095', '5-3', '1-', 'all', '1,,2', '']) expect(parseVlanList(bad), bad).toBeNull();
});

test('words of a refusal count anywhere in what is done, and in the first lines of what is read', () => {
  const told = ['System Description:', '', 'x', 'y', '% Invalid input'].join('\n');
  expect(refusalLines(told, {})).toContain('% Invalid input');
  expect(refusalLines(told, { reading: true })).not.toContain('% Invalid input');
  expect(refusalLines('   ^\n% Invalid input', { reading: true })).toContain('% Invalid input');
});
