import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, Findings } from '../support/findings.ts';
import { needPackages } from '../support/needs.ts';
import { moveAll } from './moves.ts';
import { withSwitches } from './simulated.ts';

const run = promisify(execFile);

const PORTS = 60;
const SWITCHES = 200;
/** Of netmiko's sessions; the rest is reckoned from their mean. */
const TRIED = 5;

const LINE_MS = 20;
const SAVE_MS = 1000;
/** `show` commands of one reading, and readings: before the change, after it. */
const READ_LINES = 3 * 2;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** A switch that answers at once: what is left is the client's own. */
async function againstNetmiko() {
  const ours = await withSwitches({}, async ([one]) => seconds(() => moveAll(one!, PORTS)));
  const script = fileURLToPath(new URL('./peer.py', import.meta.url));
  const peer = await withSwitches({}, async ([one]) => {
    const { stdout } = await run('/usr/bin/python3', [script, `${one!.port}`, `${TRIED}`, `${PORTS}`]);
    return JSON.parse(stdout) as { port: number; set: number };
  });
  return { ours, peer };
}

/** What the machine itself makes of a wait: where it is far from what was asked for, the other figures say little. */
async function waitMs(): Promise<number> {
  const took = await seconds(async () => {
    for (let turn = 0; turn < 100; turn += 1) await sleep(LINE_MS);
  });
  return took * 10;
}

/** A switch that takes its time: how near we are to what it takes at least. */
async function againstTheBound() {
  const connect = await withSwitches({}, async ([one]) => seconds(() => moveAll(one!, 0)));
  return withSwitches({ lineMs: LINE_MS, saveMs: SAVE_MS }, async ([one]) => {
    let lines = 0;
    const took = await seconds(async () => {
      lines = await moveAll(one!, PORTS);
    });
    return { took, bound: connect + ((lines + READ_LINES + 1) * LINE_MS + SAVE_MS) / 1000 };
  });
}

async function manyAtOnce() {
  return withSwitches({ count: SWITCHES, ports: 8 }, async (switches) => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const took = await seconds(() => Promise.all(switches.map((one) => moveAll(one, 4))));
    delay.disable();
    return { took, delayMs: delay.percentile(99) / 1e6, memoryMb: process.resourceUsage().maxRSS / 1024 };
  });
}

export const bench: Bench = {
  name: 'drivers',
  title: 'moves of access ports against netmiko, against the bound, and 200 switches at once',
  async run(): Promise<Findings> {
    await needPackages(['python3-netmiko']);
    const { ours, peer } = await againstNetmiko();
    const { took, bound } = await againstTheBound();
    const many = await manyAtOnce();
    const ratios = {
      'netmiko, a session a port / ours': (peer.port * PORTS) / ours,
      'netmiko, one set of lines / ours': peer.set / ours,
      'ours / bound, 20 ms a line, 1 s a save': took / bound,
      'event loop delay p99 / 50 ms, 200 switches': many.delayMs / 50,
    };
    const [alone, together, slow, delay] = Object.values(ratios) as [number, number, number, number];
    return {
      figures: {
        [`ours, ${PORTS} ports, s`]: ours,
        [`netmiko, a session a port, ${PORTS} ports, s`]: peer.port * PORTS,
        'netmiko, one set of lines, s': peer.set,
        [`a wait of ${LINE_MS} ms on this machine, ms`]: await waitMs(),
        'ours on a slow switch, s': took,
        'bound on a slow switch, s': bound,
        [`${SWITCHES} switches at once, s`]: many.took,
        [`${SWITCHES} switches at once, event loop delay p99, ms`]: many.delayMs,
        [`${SWITCHES} switches at once, peak memory, MB`]: many.memoryMb,
      },
      ratios,
      goals: {
        'netmiko, a session a port / ours': '>= 250',
        'netmiko, one set of lines / ours': '> 1',
        'ours / bound, 20 ms a line, 1 s a save': '<= 1.3',
        'event loop delay p99 / 50 ms, 200 switches': '< 1',
      },
      met: alone >= 250 && together > 1 && slow <= 1.3 && delay < 1,
    };
  },
};
