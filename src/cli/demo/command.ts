import { type Command, InvalidArgumentError } from 'commander';
import { globals } from '../output/print.ts';
import { until } from '../stop-signal.ts';

const count = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
};

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('a controller, a virtual rack, and the whole life of its servers, in about a minute; needs no root')
    .option('--servers <n>', 'servers in the rack', count(1, 200), 8)
    .option('--switches <n>', 'switches in the rack', count(1, 32), 2)
    .option('--keep', 'leave it running for API, command line and curl')
    .option('--verbose', 'print what servers and controller log')
    .action(demo);
}

interface DemoFlags {
  servers: number;
  switches: number;
  keep?: boolean;
  verbose?: boolean;
}

async function demo(flags: DemoFlags, command: Command): Promise<void> {
  const json = globals(command).json === true;
  // Loaded here: every other command would pay for the controller and the rack too.
  const [{ runDemo }, { renderNextSteps, renderSummary }, { createView }] = await Promise.all([
    import('./run.ts'),
    import('./summary.ts'),
    import('./view.ts'),
  ]);
  const signal = until(['SIGINT', 'SIGTERM', 'SIGHUP'], () => {});
  // With --json standard output is the data alone.
  const view = createView(json ? process.stderr : process.stdout);
  const running = runDemo({
    servers: flags.servers,
    switches: flags.switches,
    onPhase: view.phase,
    onReady: view.watch,
    log: (line) => void (flags.verbose && process.stderr.write(line)),
  });
  const interrupted = signal.then(() => null);
  const demo = await Promise.race([running, interrupted]).catch(async (error: unknown) => {
    await view.end();
    throw error;
  });
  await view.end();
  if (demo === null) {
    // Half-way through: let it come to where it can be taken down.
    process.stderr.write('stopping ...\n');
    await running.then(
      (late) => late.stop(),
      () => undefined,
    );
    process.exitCode = 130;
    return;
  }
  const kept = flags.keep === true;
  process.stdout.write(json ? `${JSON.stringify(demo.report, null, 2)}\n` : `${renderSummary(demo.report)}\n\n`);
  if (!json) process.stdout.write(`${renderNextSteps(demo.url, kept)}\n`);
  if (kept) await signal;
  await demo.stop();
  if (demo.report.nodes.some((node) => node.state !== 'active')) process.exitCode = 1;
}
