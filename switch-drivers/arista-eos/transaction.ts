import { z } from 'zod';
import { line } from '../transports/ssh-cli/guard.ts';
import { parseJson } from '../transports/ssh-cli/parse.ts';
import type { ConfigSessions } from '../transports/ssh-cli/platform.ts';
import { SESSION_MODE } from './dialect.ts';

const COMMAND = 'show configuration sessions | json';

const schema = z.object({
  sessions: z.record(
    z.string().max(256),
    z.object({ state: z.string().max(64), instances: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** EOS configuration sessions. A device keeps few pending ones (5 by default), so what was cut off has to be cleared. */
export const transaction: ConfigSessions = {
  mode: SESSION_MODE,
  begin: (id) => line`configure session ${id}`,
  commitTimed: (seconds) => {
    const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
    return line`commit timer ${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  },
  confirm: (id) => line`configure session ${id} commit`,
  abort: (id) => line`configure session ${id} abort`,
  leftovers: {
    commands: [COMMAND],
    read([output = '']) {
      return Object.entries(parseJson(schema, COMMAND, output).sessions)
        .filter(
          ([name, { state, instances }]) =>
            /^swy-[0-9a-f]{8}-\d+$/.test(name) &&
            // A pending one that a terminal has open is somebody else's work in progress.
            (state === 'pendingCommitTimer' || (state === 'pending' && Object.keys(instances ?? {}).length === 0)),
        )
        .map(([name]) => name);
    },
  },
};
