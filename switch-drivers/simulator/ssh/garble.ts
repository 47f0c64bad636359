const NOISE_BYTES = 512;

/** The first half of an answer, ending within a line. */
export function cutShort(output: string): string {
  const half = output.slice(0, Math.ceil(output.length / 2));
  return half.endsWith('\n') ? half.slice(0, -1) : half;
}

/** Random bytes of a line that went bad; the same for the same seed. */
export function noise(seed: number): Buffer {
  let state = seed >>> 0;
  const bytes = Buffer.alloc(NOISE_BYTES);
  for (let index = 0; index < bytes.length; index += 1) {
    // The generator of Numerical Recipes 7.1: short, and good enough for noise; its high bits are the random ones.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}
