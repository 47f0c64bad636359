import readline from 'node:readline/promises';
import { Writable } from 'node:stream';

/** One line from standard input; typed at a terminal it is not shown. The prompt goes to standard error. */
export async function readSecret(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  const terminal = stdin.isTTY === true;
  // A terminal's line editing echoes what is typed to the output it is given: this one swallows it.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = readline.createInterface({ input: stdin, output, terminal });
  if (terminal) stderr.write(prompt);
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (terminal) stderr.write('\n');
  }
}
