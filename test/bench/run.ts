/**
 * `npm run bench -- NAME [--json]` runs one benchmark and prints its figures, ratios and goals; `--list` names them all.
 * Ends with 1 when a goal is not met, with 64 for a benchmark that does not exist.
 */
import { existsSync, readdirSync } from 'node:fs';
import type { Bench, Findings } from './support/findings.ts';

const folders = readdirSync(import.meta.dirname)
  .filter((name) => existsSync(new URL(`./${name}/bench.ts`, import.meta.url)))
  .sort();
const load = async (name: string) => ((await import(`./${name}/bench.ts`)) as { bench: Bench }).bench;

const SHOWN = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

function print(bench: Bench, { figures, ratios, goals, met }: Findings): void {
  const rows: string[][] = [
    ...Object.entries(figures).map(([name, value]) => [name, SHOWN.format(value), '']),
    ...Object.entries(ratios).map(([name, value]) => [name, SHOWN.format(value), goals[name] ?? '']),
  ];
  const width = Math.max(...rows.map(([name]) => name!.length));
  console.log(`${bench.name}: ${bench.title}\n`);
  for (const [name, value, goal] of rows) {
    console.log(`  ${name!.padEnd(width)}  ${value!.padStart(11)}${goal ? `   goal ${goal}` : ''}`);
  }
  if (Object.keys(goals).length > 0) console.log(`\n${met ? 'Goals met.' : 'Goals NOT met.'}`);
}

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = [
  ...names.filter((name) => !folders.includes(name)),
  ...args.filter((arg) => arg.startsWith('--') && arg !== '--json' && arg !== '--list'),
];
if (args.includes('--list')) {
  for (const folder of folders) console.log(`${folder.padEnd(10)}  ${(await load(folder)).title}`);
} else if (unknown.length > 0 || names.length !== 1) {
  console.error(
    `Usage: npm run bench -- NAME [--json], with NAME one of: ${folders.join(', ')}. --list says what each is.`,
  );
  process.exitCode = 64;
} else {
  const bench = await load(names[0]!);
  const found = await bench.run();
  if (args.includes('--json')) console.log(JSON.stringify({ name: bench.name, ...found }));
  else print(bench, found);
  process.exitCode = found.met ? 0 : 1;
}
