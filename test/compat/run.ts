/**
 * `npm run compat -- [CLIENT]`: every real client, or the one named, with all that it is asked and says. `--list` names
 * them. The exit code tells whether all went well.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SUFFIX = '.test.ts';
const clients = readdirSync(path.join(root, 'test/compat'))
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length))
  .sort();

const { values, positionals } = parseArgs({ options: { list: { type: 'boolean' } }, allowPositionals: true });
if (values.list) {
  for (const client of clients) console.log(client);
  process.exit(0);
}
const [asked] = positionals;
if (positionals.length > 1 || (asked !== undefined && !clients.includes(asked))) {
  console.error(`Name one client, or none for all of them: ${clients.join(', ')}`);
  process.exit(64);
}

const args = ['run', '--config', 'test/vitest.config.ts', '--project', 'compat', '--reporter=verbose'];
const vitest = spawn(
  process.execPath,
  [path.join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...(asked ? [`test/compat/${asked}${SUFFIX}`] : [])],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SWITCHYARD_COMPAT_VERBOSE: '1' } },
);
vitest.once('exit', (code) => process.exit(code ?? 1));
