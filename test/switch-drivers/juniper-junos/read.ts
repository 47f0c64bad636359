import { expect } from 'vitest';
import { outputs } from '../../../switch-drivers/juniper-junos/outputs.ts';

/** Reads an output with the one reader that takes its command. */
export function read(command: string, output: string) {
  const readers = outputs.filter((reader) => reader.command.test(command));
  expect(readers).toHaveLength(1);
  return readers[0]!.read(output);
}
