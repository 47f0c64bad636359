import { existsSync, readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { CheckResult, ConformanceReport } from '../../../switch-drivers/conformance/run.ts';
import type { Capabilities, Driver } from '../../../switch-drivers/contract/driver.ts';
import type { OutputReader } from '../../../switch-drivers/contract/rows.ts';
import { levelOf } from '../../../switch-drivers/levels.ts';
import type { DriverModule } from '../../../switch-drivers/outside/load.ts';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { EXIT } from '../exit-code.ts';
import { globals, note, print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';

interface Listed {
  platform: string;
  title: string;
  /** What the conformance run of this version found; null: it was not tried. */
  level: string | null;
  capabilities: Capabilities;
}

export function addDriver(program: Command): void {
  const group = program.command('driver').description('switch drivers: what they can do, and whether they do it');
  group.command('list').description('the drivers there are, and what each can do').action(list);
  group
    .command('parse')
    .description('what a driver makes of a device’s output: rows, and the lines it does not understand')
    .argument('<driver>', 'cisco-ios, arista-eos ..., or a module: ./my-switch/index.ts, a package')
    .argument('<command>', 'the device’s command, such as "show vlan brief"')
    .argument('[file]', 'what it printed; - is standard input', '-')
    .action(parse);
  group
    .command('check')
    .description('try a driver on the simulated switch of its platform, and tell what it can be relied on for')
    .argument('<driver>', 'cisco-ios, arista-eos ..., or a module: ./my-switch/index.ts, a package')
    .option('--as <platform>', 'try it on the simulated switch of this platform')
    .option('--seed <number>', 'run the same random cases again', wholeNumber)
    .action(check);
  group
    .command('new')
    .description('a driver to begin with: a directory of that name, with a complete small driver in it')
    .argument('<name>', 'platform name of the driver: lower case letters, digits and dashes')
    .action(create);
}

async function list(_options: object, command: Command): Promise<void> {
  const { builtinPlatforms, loadDriver } = await import('../../../switch-drivers/registry.ts');
  const drivers = await Promise.all(builtinPlatforms.toSorted().map(loadDriver));
  const listed = drivers.map(
    ({ platform, title, capabilities }): Listed => ({ platform, title, level: levelOf(platform), capabilities }),
  );
  print(command, listed, () =>
    renderTable<Listed>(
      [
        { title: 'Platform', value: ({ platform }) => platform },
        { title: 'Level', value: ({ level }) => level ?? '-' },
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
  const { driver } = await openDriver(platform);
  const { rows, unparsed } = readerOf(driver, text.trim().replaceAll(/\s+/g, ' ')).read(readText(file));
  if (unparsed.length > 0) note(`switchyard: lines not understood, under "unparsed": ${unparsed.length}`);
  process.stdout.write(`${JSON.stringify({ platform: driver.platform, command: text, rows, unparsed }, null, 2)}\n`);
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

async function check(name: string, options: { seed?: number; as?: string }, command: Command): Promise<void> {
  const { runConformance } = await import('../../../switch-drivers/conformance/run.ts');
  const { simulatedTrial } = await import('../../../switch-drivers/conformance/simulated.ts');
  const { simulatedPlatform } = await import('../../../switch-drivers/simulator/start.ts');
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
  const live = !globals(command).json;
  const { driver, simulated } = await openDriver(name);
  const subject = options.as === undefined ? simulated : simulatedPlatform(options.as);
  const trial = simulatedTrial(driver, subject ?? simulatedPlatform(driver.platform));
  const report = await runConformance(trial, seed, (result) => {
    if (live) process.stdout.write(`${resultLine(result)}\n`);
  });
  print(command, report, () => verdict(report));
  if (report.checks.some(({ outcome }) => outcome === 'failed')) process.exitCode = EXIT.failed;
}

/** One of ours by its platform, or one from outside by its module. */
async function openDriver(name: string): Promise<DriverModule> {
  const { builtinPlatforms, loadDriver } = await import('../../../switch-drivers/registry.ts');
  const { loadOutside } = await import('../../../switch-drivers/outside/load.ts');
  if (builtinPlatforms.includes(name)) return { driver: await loadDriver(name), simulated: null };
  // A plain word is a platform that we do not have; the error says which there are.
  const isModule = /[./@]/.test(name) || existsSync(name);
  return isModule ? loadOutside(name, process.cwd()) : { driver: await loadDriver(name), simulated: null };
}

async function create(name: string, _options: object, command: Command): Promise<void> {
  const { createDriver } = await import('../../../switch-drivers/outside/create.ts');
  const file = createDriver(name, process.cwd());
  print(command, { platform: name, file }, () =>
    [
      `${file} is a complete driver, for a switch whose command line is like Cisco's.`,
      `  switchyard driver check ${file} --as cisco-ios     try it on a simulated switch`,
      'Change it for yours: docs/writing-a-driver.md. To use it, name it in the configuration:',
      `  drivers: [${file}]`,
    ].join('\n'),
  );
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
