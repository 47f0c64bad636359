import { expect, test } from 'vitest';
import { outputs } from '../../../switch-drivers/aruba-aoscx/outputs.ts';

const GARBAGE = [
  'x'.repeat(1_000_000),
  ' '.repeat(500_000).concat('x'),
  `1/1/1 ${'1 access yes sideways '.repeat(50_000)}`,
  '1/1/1,'.repeat(150_000),
  ` 1${' 1'.repeat(400_000)}`,
  ` A${' 1.0'.repeat(250_000)}`,
  'interface '.repeat(100_000),
  'lorem ipsum: dolor (sit) amet\n'.repeat(30_000),
  '\u0000\u001b[31m\u2028\ud800\n'.repeat(10_000),
  '',
  '% Command incomplete',
];

test.each(outputs.map((reader) => [String(reader.command), reader] as const))('garbage at %s', (_name, reader) => {
  for (const text of GARBAGE) {
    const before = process.cpuUsage();
    expect(reader.read(text).rows).toHaveLength(0);
    const { user } = process.cpuUsage(before);
    expect(user / 1000, `ms for ${JSON.stringify(text.slice(0, 20))}`).toBeLessThan(1500);
  }
  expect(reader.read('Invalid input: x').unparsed).toEqual(['Invalid input: x']);
});
