import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newKey, parseKeys } from '../../../../src/store/secrets/key.ts';
import { createKeyFile, readKeyFile, replaceKeyFile } from '../../../../src/store/secrets/key-file.ts';
import { openKeyRing } from '../../../../src/store/secrets/key-ring.ts';
import { isSealed, keyIdOf, type Place, seal, unseal } from '../../../../src/store/secrets/sealed.ts';
import { temporaryDirectory } from '../../../support/store.ts';

const place: Place = { table: 'node', row: 'n1', column: 'driver_info', path: ['ipmi_password'] };
const key = newKey();
const damaged = expect.objectContaining({ code: 'secret_damaged' });
let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('any JSON value opens again, with its key and at its place alone', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const sealed = seal(value, key, place);
      const stored: unknown = JSON.parse(JSON.stringify(sealed));
      expect(isSealed(stored)).toBe(true);
      expect(keyIdOf(sealed, place)).toBe(key.id);
      expect(JSON.stringify(unseal(sealed, key, place))).toBe(JSON.stringify(value));
      expect(() => unseal(sealed, newKey(), place)).toThrow(damaged);
    }),
  );
  const sealed = seal('hunter2', key, place);
  for (const other of [
    { ...place, table: 'switch' },
    { ...place, row: 'n2' },
    { ...place, column: 'extra' },
    { ...place, path: ['redfish_password'] },
    { ...place, column: 'driver_info","ipmi_password', path: [] },
  ]) {
    expect(() => unseal(sealed, key, other)).toThrow(damaged);
  }
});

test('a changed, cut or invented value is refused, and its text is not in the error', () => {
  const { $sealed } = seal('hunter2', key, place);
  const flip = (at: number) => $sealed.slice(0, at) + ($sealed[at] === 'A' ? 'B' : 'A') + $sealed.slice(at + 1);
  for (const text of [
    flip(20),
    flip(25),
    flip(40),
    flip(60),
    $sealed.slice(0, -1),
    '',
    'v1...',
    `v2${$sealed.slice(2)}`,
  ])
    expect(() => unseal({ $sealed: text }, key, place)).toThrow(damaged);
});

test('the same value twice is not the same twice', () => {
  expect(seal('a', key, place).$sealed).not.toBe(seal('a', key, place).$sealed);
});

test('no password can be taken for a sealed value', () => {
  for (const plain of [
    seal('x', key, place).$sealed,
    'v1.',
    '',
    7,
    null,
    {},
    [],
    { $sealed: 1 },
    { $sealed: '', a: 1 },
  ])
    expect(isSealed(plain)).toBe(false);
});

test('keys are read from a text with remarks; what is no key is named without being shown', () => {
  const [a, b] = [newKey(), newKey()].map(({ bytes }) => bytes.toString('base64'));
  expect(parseKeys(`# remark\n${a} ${b}\n`, 'x')).toHaveLength(2);
  expect(parseKeys(a!, 'x')[0]!.id).toBe(parseKeys(`\n${a}\n`, 'y')[0]!.id);
  for (const text of ['', '# only a remark', 'short', `${a} !${b!.slice(1)}`]) {
    expect(() => parseKeys(text, 'the file')).toThrow(expect.objectContaining({ code: 'secret_key_invalid' }));
  }
  expect(() => parseKeys('hunter2', 'the file')).not.toThrow('hunter2');
});

test('the key file is made for its owner alone, once, and refused when others can read it', async () => {
  const file = path.join(directory, 'data', 'secrets.key');
  expect(readKeyFile(file)).toBeNull();
  createKeyFile(file);
  const text = await readFile(file, 'utf8');
  createKeyFile(file);
  expect(await readFile(file, 'utf8')).toBe(text);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(path.dirname(file))).toEqual(['secrets.key']);
  for (const mode of [0o640, 0o604, 0o660]) {
    await chmod(file, mode);
    expect(() => readKeyFile(file)).toThrow(expect.objectContaining({ code: 'secret_key_exposed' }));
  }
});

test('a ring follows its file, and keeps its keys when the file is taken away', async () => {
  const file = path.join(directory, 'secrets.key');
  createKeyFile(file);
  const ring = openKeyRing({ keyFile: file })!;
  const [first] = ring.keys();
  const second = newKey();
  expect(ring.find(second.id)).toBeNull();
  replaceKeyFile(file, [second, first!]);
  expect(ring.find(second.id)).toEqual(second);
  expect(ring.keys().map(({ id }) => id)).toEqual([second.id, first!.id]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await rm(file);
  expect(ring.keys()).toHaveLength(2);
  await writeFile(file, 'garbage', { mode: 0o600 });
  expect(() => ring.keys()).toThrow(expect.objectContaining({ code: 'secret_key_invalid' }));
});
