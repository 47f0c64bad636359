import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./reaper.sh', import.meta.url));

export interface Reaper {
  /** Ends what is left in the namespaces, removes them and the directory. */
  release(): Promise<void>;
}

/** What cleans up also when the test runner is killed: a process of its own that waits for the end of ours. */
export function startReaper(directory: string | null, namespaces: readonly string[]): Reaper {
  const child = spawn('sh', [SCRIPT, directory ?? 'keep', ...namespaces], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // A Ctrl-C at the terminal must not end it before its work.
    detached: true,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    async release() {
      child.stdin.end();
      const [code] = await closed;
      if (code !== 0) throw new Error(`The lab was not cleaned up (${code}): ${words.trim()}`);
    },
  };
}
