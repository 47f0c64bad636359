import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Mutates the seeds the same way on every run: bits flipped, bytes set, cut, joined. */
export function mutations(seeds: readonly Buffer[], count: number): Iterable<Buffer> {
  let state = 0x2545f491;
  const random = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return (function* () {
    for (let index = 0; index < count; index++) {
      const seed = seeds[random(seeds.length)]!;
      let bytes = Buffer.from(seed);
      for (let change = random(8); change >= 0 && bytes.length > 0; change--) {
        const at = random(bytes.length);
        const kind = random(10);
        if (kind < 4) bytes[at]! ^= 1 << random(8);
        else if (kind < 8) bytes[at] = [0, 1, 52, 82, 127, 128, 254, 255][random(8)]!;
        else if (kind === 8) bytes = bytes.subarray(0, at);
        else bytes = Buffer.concat([bytes, seed.subarray(at % seed.length)]);
      }
      yield bytes;
    }
  })();
}

/** Bytes of heap and buffers in use, after a collection. */
export function memoryInUse(): number {
  v8.setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
