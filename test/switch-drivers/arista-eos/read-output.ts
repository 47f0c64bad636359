import { expect } from 'vitest';
import { outputs } from '../../../switch-drivers/arista-eos/outputs.ts';

/** What the one reader of a command makes of its output. */
export function read(command: string, output: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers, command).toHaveLength(1);
  return readers[0]!.read(output);
}
