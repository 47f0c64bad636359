/**
 * `npm test [-- LAYER...]`: the layers pure, unit, demo and rack, or those named (also kill, compat, lab: CHANGELOG.md says what
 * of them has been seen to pass). As root it installs the Debian packages it needs, otherwise it names them.
 * Ends with `N passed, N failed, N skipped`; with CI=true a skip is a failure.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEBIAN_PACKAGES, installPackages, missingPackages } from './support/debian-packages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const ci = process.env.CI === 'true';

interface Tally {
  passed: number;
  failed: number;
  skipped: string[];
}

async function command(args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function prepareMachine(): Promise<void> {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0) {
    console.log(`Installing what the tests need from Debian: ${missing.join(' ')}`);
    await installPackages(missing);
    return;
  }
  console.log('Not root, and these Debian packages are missing; the tests that need them are skipped:');
  for (const name of missing) console.log(`  ${name.padEnd(26)} ${DEBIAN_PACKAGES[name]}`);
  console.log(`Install them with: sudo apt-get install --no-install-recommends ${missing.join(' ')}\n`);
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: Array<{
    name: string;
    status: string;
    message?: string;
    assertionResults: Array<{ status: string; fullName: string }>;
  }>;
}

async function vitest(layers: string[]): Promise<Tally> {
  const directory = mkdtempSync(path.join(tmpdir(), 'switchyard-test-'));
  const report = path.join(directory, 'report.json');
  try {
    const ok = await command([
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'test/vitest.config.ts',
      ...layers.flatMap((layer) => ['--project', layer]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    const found = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    const skipped = found.testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo')
        .map((test) => `${path.relative(root, file.name)}: ${test.fullName}`),
    );
    // A file that failed to load has no failed test of its own.
    const broken = found.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    const failed = found.numFailedTests + broken;
    return { passed: found.numPassedTests, failed: ok || failed > 0 ? failed : 1, skipped };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function staticChecks(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  const { staticChecks: checks } = await import('./static/checks.ts');
  for (const check of checks) {
    console.log(`\n${check.name}`);
    if (await command(check.args)) tally.passed++;
    else tally.failed++;
  }
  return tally;
}

/** What a slow machine of two cores does in half an hour. */
const DEFAULT_LAYERS = ['pure', 'unit', 'demo', 'rack'];
const LAYERS = [...DEFAULT_LAYERS, 'kill', 'compat', 'lab'];
const asked = process.argv.slice(2);
const unknown = asked.filter((layer) => !LAYERS.includes(layer));
if (unknown.length > 0) {
  console.error(`There is no test layer ${unknown.join(', ')}. Use: ${LAYERS.join(', ')}`);
  process.exit(64);
}

await prepareMachine();
const tallies = [asked.length === 0 ? await staticChecks() : { passed: 0, failed: 0, skipped: [] }];
// Layer after layer: the lab's timing must not suffer from tests beside it.
for (const layer of asked.length > 0 ? asked : DEFAULT_LAYERS) {
  console.log(`\nLayer: ${layer}`);
  tallies.push(await vitest([layer]));
}
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
const skipped = tallies.flatMap((tally) => tally.skipped);
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
if (ci && skipped.length > 0) console.log('CI=true: nothing may be skipped.');
console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed > 0 || passed === 0 || (ci && skipped.length > 0) ? 1 : 0);
