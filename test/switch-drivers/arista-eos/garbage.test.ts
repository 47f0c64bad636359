import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/arista-eos/outputs.ts';

const GARBAGE = [
  'x'.repeat(1_000_000),
  ' '.repeat(500_000).concat('x'),
  `Et1 ${'connected 10 full '.repeat(50_000)}`,
  '- '.repeat(500_000).concat('x'),
  ' Discovered a ago; Last changed a'.repeat(30_000),
  'Et1(P) '.repeat(140_000),
  `"${'a"'.repeat(400_000)}`,
  'lorem ipsum: dolor (sit) amet\n'.repeat(30_000),
  '\u0000\u001b[31m\u2028\ud800\n'.repeat(10_000),
  '',
  '% Invalid input',
];

test.each(outputs.map((reader) => [String(reader.command), reader] as const))('garbage at %s', (_name, reader) => {
  for (const text of GARBAGE) {
    const before = process.cpuUsage();
    expect(reader.read(text).rows).toHaveLength(0);
    const { user } = process.cpuUsage(before);
    expect(user / 1000, `ms for ${JSON.stringify(text.slice(0, 20))}`).toBeLessThan(1500);
  }
  expect(reader.read('% Invalid input').unparsed).toEqual(['% Invalid input']);
});
