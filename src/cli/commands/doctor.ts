import type { Command } from 'commander';
import type { Finding } from '../../doctor/check.ts';
import { configOf, type DataDirOptions, withDataDir } from '../data-dir.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';

export function addDoctor(program: Command): void {
  withDataDir(
    program
      .command('doctor')
      .description('which program or privilege is missing, for what, and the command that brings it')
      .option('--strict', 'fail for what is optional, too'),
  ).action(doctor);
}

async function doctor(options: DataDirOptions & { strict?: boolean }, command: Command): Promise<void> {
  const { examine } = await import('../../doctor/doctor.ts');
  const findings = await examine(await configOf(options));
  const missing = findings.filter(({ ok }) => !ok);
  const blocking = missing.filter(({ required }) => required);
  const data = {
    ready: blocking.length === 0,
    complete: missing.length === 0,
    checks: findings.map(({ neededFor, ...finding }) => ({ ...finding, needed_for: neededFor })),
  };
  print(command, data, () => `${table(findings)}\n\n${advice(missing, blocking)}`);
  if (blocking.length > 0 || (options.strict && missing.length > 0)) process.exitCode = EXIT.unavailable;
}

function table(findings: readonly Finding[]): string {
  return renderTable<Finding>(
    [
      {
        title: '',
        value: ({ ok, required }) => (ok ? 'ok' : required ? 'MISSING' : 'missing'),
        style: ({ ok, required }) => (ok ? 'good' : required ? 'bad' : 'busy'),
      },
      { title: 'What', value: ({ title }) => title },
      { title: 'Needed for', value: ({ neededFor }) => neededFor, shrink: true },
      { title: 'Found', value: ({ found }) => found, shrink: true },
    ],
    findings,
  );
}

function advice(missing: readonly Finding[], blocking: readonly Finding[]): string {
  const verdict =
    blocking.length > 0
      ? 'A controller cannot start here yet.'
      : missing.length > 0
        ? 'A controller can start here; what is missing is needed only for what stands beside it.'
        : 'Everything is here.';
  const packages = missing.flatMap(({ fix }) => /^apt install (\S+)$/.exec(fix ?? '')?.[1] ?? []);
  const apt = packages.length > 0 ? [`  sudo apt install ${[...new Set(packages)].join(' ')}`] : [];
  const others = missing
    .filter(({ fix }) => !fix?.startsWith('apt install '))
    .map(({ title, fix }) => `  ${title}: ${fix}`);
  return [verdict, ...apt, ...new Set(others)].join('\n');
}
