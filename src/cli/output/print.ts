import type { Command } from 'commander';
import { isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { styled, wantsColor } from './style.ts';

export interface GlobalOptions {
  url: string;
  user?: string;
  passwordFile?: string;
  json?: boolean;
}

export const globals = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>();

/** Writes data: as JSON with --json, else as the text that `human` makes. */
export function print(command: Command, data: unknown, human: () => string): void {
  const text = globals(command).json ? JSON.stringify(data, null, 2) : human();
  if (text !== '') process.stdout.write(`${text}\n`);
}

/** Something a person should know, aside from the output. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What went wrong, on standard error; with --json as `{"error": {code, message, retryable, context}}`. */
export function printError(error: unknown, json: boolean): void {
  const known = isFabricError(error);
  if (json) {
    const facts = known
      ? { code: error.code, message: error.message, retryable: error.retryable, context: error.context }
      : { code: 'internal', message: messageOf(error), retryable: false, context: {} };
    process.stderr.write(`${JSON.stringify({ error: facts })}\n`);
    return;
  }
  const color = wantsColor(process.stderr);
  const message = known || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message);
  process.stderr.write(`${styled('bad', 'switchyard:', color)} ${message}\n`);
}
