/**
 * `npm run lab -- [NAME]`: the lab, or the scenarios whose name (or file) holds NAME, with everything they say.
 * `--list` names them. `--keep DIR` leaves consoles, logs and configurations of the racks in DIR.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEBIAN_PACKAGES, installPackages, missingPackages } from '../support/debian-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const project = ['--config', 'test/vitest.config.ts', '--project', 'lab'];

interface Scenario {
  file: string;
  name: string;
}

/** The files are run, not parsed: a parser leaves out everything below `skipIf`. */
function scenarios(): Scenario[] {
  const listed = execFileSync(process.execPath, [vitest, 'list', '--json', '--staticParse=false', ...project], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const found = JSON.parse(listed.slice(listed.indexOf('['))) as Scenario[];
  return found.map(({ file, name }) => ({ file: path.basename(file, '.test.ts'), name }));
}

function list(found: readonly Scenario[]): void {
  for (const [file, tests] of Map.groupBy(found, (scenario) => scenario.file)) {
    console.log(file);
    for (const { name } of tests) console.log(`  ${name}`);
  }
}

/** vitest takes a regular expression. */
const literally = (text: string): string => text.replaceAll(/[^\w\s]/g, '.');

function commandFor(found: readonly Scenario[], asked: string | undefined): string[] | null {
  if (asked === undefined) return [];
  const wanted = asked.toLowerCase();
  const files = [...new Set(found.map(({ file }) => file))].filter((file) => file === asked);
  if (files[0]) return [`test/lab/${files[0]}.test.ts`];
  // Between the names of suites vitest has had a blank or ` > `, from version to version.
  const chosen = found.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (chosen.length === 0) return null;
  const pattern = chosen.map(({ name }) => name.split(' > ').map(literally).join('.+')).join('|');
  return [...new Set(chosen.map(({ file }) => `test/lab/${file}.test.ts`)), '-t', `^(${pattern})$`];
}

async function prepareMachine(): Promise<void> {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0) return installPackages(missing);
  for (const name of missing) console.error(`Debian package missing: ${name} (${DEBIAN_PACKAGES[name]})`);
}

const { values, positionals } = parseArgs({
  options: { list: { type: 'boolean' }, keep: { type: 'string' } },
  allowPositionals: true,
});
const found = scenarios();
if (values.list) {
  list(found);
  process.exit(0);
}
const chosen = commandFor(found, positionals[0]);
if (chosen === null) {
  console.error(`There is no scenario ${positionals[0]}. These there are:`);
  list(found);
  process.exit(64);
}
await prepareMachine();
const env = { ...process.env };
if (values.keep) {
  env.LAB_KEEP_DIR = path.resolve(values.keep);
  mkdirSync(env.LAB_KEEP_DIR, { recursive: true });
}
const child = spawn(process.execPath, [vitest, 'run', ...project, '--reporter=verbose', ...chosen], {
  cwd: root,
  stdio: 'inherit',
  env,
});
child.once('exit', (code) => process.exit(code ?? 1));
