import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { CheckResult, ConformanceReport } from '../../../switch-drivers/conformance/run.ts';
import type { Capabilities, Driver } from '../../../switch-drivers/contract/driver.ts';
import type { OutputReader } from '../../../switch-drivers/contract/rows.ts';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { EXIT } from '../exit-code.ts';
import { globals, note, print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';

interface Listed {
  platform: string;
  title: string;
  capabilities: Capabilities;
}

export function addDriver(program: Command): void {
  const group = program.command('driver').description('switch drivers: what they can do, and whether they do it');
  group.command('list').description('the drivers there are, and what each can do').action(list);
  group
    .command('parse')
    .description('what a driver makes of a device’s output: rows, and the lines it does not understand')
    .argument('<platform>', 'driver: cisco-ios, arista-eos ...')
    .argument('<command>', 'the device’s command, such as "show vlan brief"')
    .argument('[file]', 'what it printed; - is standard input', '-')
    .action(parse);
  group
    .command('check')
    .description('try a driver on the simulated switch of its platform, and tell what it can be relied on for')
    .argument('<platform>', 'driver: cisco-ios, arista-eos ...')
    .option('--seed <number>', 'run the same random cases again', wholeNumber)
    .action(check);
}

async function list(_options: object, command: Command): Promise<void> {
  const { builtinPlatforms, loadDriver } = await import('../../../switch-drivers/registry.ts');
  const drivers = await Promise.all(builtinPlatforms.toSorted().map(loadDriver));
  const listed: Listed[] = drivers.map(({ platform, title, capabilities }) => ({ platform, title, capabilities }));
  print(command, listed, () =>
    renderTable<Listed>(
      [
        { title: 'Platform', value: ({ platform }) => platform },
        { title: 'Modes', value: ({ capabilities }) => capabilities.modes.join(', ') },
        { title: 'A change is', value: ({ capabilities }) => capabilities.atomic },
        { title: 'LAG', value: ({ capabilities }) => capabilities.lag },
        { title: 'VXLAN', value: ({ capabilities }) => capabilities.vxlan },
        { title: 'Sessions', value: ({ capabilities }) => capabilities.maxSessions },
        { title: 'What it is', value: ({ title }) => title, shrink: true },
      ],
      listed,
    ),
  );
}

/** Always JSON: rows of one command differ in shape from those of another. */
async function parse(platform: string, text: string, file: string): Promise<void> {
  const { loadDriver } = await import('../../../switch-drivers/registry.ts');
  const driver = await loadDriver(platform);
  const { rows, unparsed } = readerOf(driver, text.trim().replaceAll(/\s+/g, ' ')).read(readText(file));
  if (unparsed.length > 0) note(`switchyard: lines not understood, under "unparsed": ${unparsed.length}`);
  process.stdout.write(`${JSON.stringify({ platform, command: text, rows, unparsed }, null, 2)}\n`);
}

function readerOf({ platform, outputs = [] }: Driver, text: string): OutputReader {
  const reader = outputs.find(({ command }) => command.test(text));
  if (reader) return reader;
  const known = outputs.map(({ kind, command }) => `  ${kind.padEnd(10)} ${command.source}`);
  throw new FabricError(
    'driver_command_not_found',
    known.length === 0
      ? `driver ${platform} reads no text output`
      : `driver ${platform} has no reader for "${text.slice(0, 80)}". It reads (regular expressions):\n${known.join('\n')}`,
    { context: { platform, command: text.slice(0, 80) } },
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    throw new FabricError('file_not_found', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function check(platform: string, options: { seed?: number }, command: Command): Promise<void> {
  const { loadDriver } = await import('../../../switch-drivers/registry.ts');
  const { runConformance } = await import('../../../switch-drivers/conformance/run.ts');
  const { simulatedTrial } = await import('../../../switch-drivers/conformance/simulated.ts');
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
  const live = !globals(command).json;
  const trial = simulatedTrial(await loadDriver(platform));
  const report = await runConformance(trial, seed, (result) => {
    if (live) process.stdout.write(`${resultLine(result)}\n`);
  });
  print(command, report, () => verdict(report));
  if (report.checks.some(({ outcome }) => outcome === 'failed')) process.exitCode = EXIT.failed;
}

const MARKS = { passed: 'ok', failed: 'FAILED', 'not declared': '-' } as const;

function resultLine({ level, name, outcome, detail }: CheckResult): string {
  return `${MARKS[outcome].padEnd(7)} ${level.padEnd(7)} ${name}${detail === null ? '' : `\n${' '.repeat(16)}${detail}`}`;
}

function verdict({ platform, level, seed, checks }: ConformanceReport): string {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').length;
  const again = failed === 0 ? '' : `; run the same again with --seed ${seed}`;
  return `\n${platform}: level ${level ?? 'none'}, ${checks.length - failed} of ${checks.length} checks passed${again}`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}
