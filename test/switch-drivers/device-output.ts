import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../shared/fixtures/device-output', import.meta.url));

/** What a real device printed, and what somebody else's parser makes of it (names and forms are theirs). */
export interface DeviceOutput {
  /** For the test's name: folder and file. */
  name: string;
  command: string;
  output: string;
  rows: Array<Record<string, string | string[]>>;
}

/** Why tests with recorded outputs cannot run; null when they can. */
export const recordedMissing = existsSync(ROOT) ? null : `recorded device output is absent (${ROOT})`;

/** The recorded outputs of one folder of the collection, e.g. `cisco_ios`; none where the collection is absent. */
export function recorded(folder: string): DeviceOutput[] {
  const base = path.join(ROOT, folder);
  if (!existsSync(base)) return [];
  return readdirSync(base).flatMap((commandDir) =>
    readdirSync(path.join(base, commandDir))
      .filter((file) => file.endsWith('.raw'))
      .map((file) => {
        const yml = path.join(base, commandDir, file.replace(/\.raw$/, '.yml'));
        const { parsed_sample: rows } = parse(readFileSync(yml, 'utf8')) as {
          parsed_sample: DeviceOutput['rows'] | null;
        };
        return {
          name: `${folder} ${file}`,
          command: commandDir.replaceAll('_', ' '),
          output: readFileSync(path.join(base, commandDir, file), 'utf8'),
          rows: rows ?? [],
        };
      }),
  );
}
