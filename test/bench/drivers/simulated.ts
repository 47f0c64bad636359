import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { end, prefer } from '../support/children.ts';

export interface Where {
  host: string;
  port: number;
  hostKey: string;
}

export interface SwitchesWanted {
  count?: number;
  ports?: number;
  lineMs?: number;
  saveMs?: number;
}

/** Simulated switches in a process of their own, so that they do not share an event loop with who drives them. */
export async function withSwitches<T>(
  { count = 1, ports = 60, lineMs = 0, saveMs = 0 }: SwitchesWanted,
  use: (switches: readonly Where[]) => Promise<T>,
): Promise<T> {
  const script = fileURLToPath(new URL('./switches.ts', import.meta.url));
  const args = [script, ...[count, ports, lineMs, saveMs].map(String)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  prefer(child);
  try {
    const { value } = await createInterface({ input: child.stdout! })[Symbol.asyncIterator]().next();
    if (typeof value !== 'string') throw new Error('the simulated switches did not start');
    return await use(JSON.parse(value) as Where[]);
  } finally {
    await end(child);
  }
}
