#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCodeOf } from './exit-code.ts';
import { printError } from './output/print.ts';
import { buildProgram } from './program.ts';

// Output that goes into a pipe which is closed early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));

const program = buildProgram();
try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own.
  if (!(error instanceof CommanderError)) printError(error, program.opts().json === true);
  process.exitCode = exitCodeOf(error);
}
