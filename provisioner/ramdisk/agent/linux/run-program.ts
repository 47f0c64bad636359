import { spawn } from 'node:child_process';

export interface ProgramResult {
  /** null: could not be started, or was ended by a signal. */
  code: number | null;
  output: string;
}

const OUTPUT_LIMIT = 4 * 1024 * 1024;

/** Runs a program to its end, never throwing; asynchronous, because the agent must go on answering meanwhile. */
export function runProgram(program: string, args: string[], timeoutMs = 30_000): Promise<ProgramResult> {
  const { promise, resolve } = Promise.withResolvers<ProgramResult>();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, killSignal: 'SIGKILL' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < OUTPUT_LIMIT) output += text;
    });
  }
  child.on('error', (error) => resolve({ code: null, output: error.message }));
  child.on('close', (code) => resolve({ code, output }));
  return promise;
}
