import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decode, describeLldpdu, encode, parseFrame, readCapture } from '../../../topology/lldp/index.ts';

const INPUTS = 200_000;
const fixtures = '../shared/fixtures/lldp';

/** Seeds that hold most kinds of TLV; the recorded frames are added where they are. */
function seeds(): Uint8Array[] {
  const own = [
    '020704525400000001 040305653106020078 0e0400140004 100c05010a00000102000000030 0fe060080c2010064 0000',
    '02070773772d612d31 040402312f31 06020078 fe0f0080c203006408766c616e2d313030 fe090080c2070300000001 0000',
    '020704525400000001 0402073106020078 fe190080c20900001234567 032320000000000000202020000000000 0000',
    '020704525400000001 0402073106020078 fe0b0080c20c00c18906228914 fe0700120f02070105 fe0e0012bb03020802444503034245520000',
  ].map((text) => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex')));
  for (const seed of own) expect(decode(seed).errors).toEqual([]);
  if (!existsSync(fixtures)) return own;
  const recorded = readdirSync(fixtures).flatMap((name) => readCapture(readFileSync(`${fixtures}/${name}`)).frames);
  return [...own, ...recorded.map((frame) => parseFrame(frame.bytes)?.payload ?? frame.bytes)];
}

/** Numerical Recipes' linear congruential generator: the same inputs in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutate(seed: Uint8Array, next: (below: number) => number): Uint8Array {
  const bytes = seed.slice(0, next(8) === 0 ? next(seed.length + 1) : seed.length);
  for (let edits = next(6); edits >= 0 && bytes.length > 0; edits--) {
    const at = next(bytes.length);
    if (next(3) === 0) bytes.copyWithin(next(bytes.length), at, at + next(32));
    else bytes[at] = next(2) === 0 ? next(256) : ([0, 1, 0x7f, 0x80, 0xfe, 0xff][next(6)] ?? 0);
  }
  return bytes;
}

test(`${INPUTS} mutated LLDPDUs: no throw, nothing lost, memory flat`, () => {
  const pool = seeds();
  const next = random(20260820);
  let malformed = 0;
  let heapEarly = 0;
  for (let i = 0; i < INPUTS; i++) {
    const bytes = mutate(pool[i % pool.length] as Uint8Array, next);
    const decoded = decode(bytes);
    if (decoded.errors.length > 0) malformed++;
    if (Buffer.compare(encode(decoded), bytes) !== 0) {
      expect.fail(`bytes lost: ${Buffer.from(bytes).toString('hex')}`);
    }
    if (i % 10 === 0) JSON.stringify(describeLldpdu(decoded));
    if (i === INPUTS / 10) heapEarly = process.memoryUsage().heapUsed;
  }
  // A leak of one frame an input would be 50 MB and more; the rest is the collector's slack.
  expect(process.memoryUsage().heapUsed - heapEarly).toBeLessThan(100 * 1024 * 1024);
  expect(malformed).toBeGreaterThan(INPUTS / 4);
  expect(malformed).toBeLessThan(INPUTS);
}, 120_000);
