import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { platform as iosPlatform } from '../../../switch-drivers/cisco-ios/index.ts';
import { LEVELS } from '../../../switch-drivers/conformance/check.ts';
import { withLevels } from '../../../switch-drivers/conformance/level-table.ts';
import { checks, runConformance } from '../../../switch-drivers/conformance/run.ts';
import { simulatedTrial } from '../../../switch-drivers/conformance/simulated.ts';
import { levelOf } from '../../../switch-drivers/levels.ts';
import { builtinPlatforms, loadDriver } from '../../../switch-drivers/registry.ts';
import { simulatedPlatforms } from '../../../switch-drivers/simulator/start.ts';
import { cliDriver } from '../../../switch-drivers/transports/ssh-cli/cli-driver.ts';
import type { CliLine } from '../../../switch-drivers/transports/ssh-cli/guard.ts';
import type { OrderedPlatform } from '../../../switch-drivers/transports/ssh-cli/platform.ts';
import type { Change } from '../../../topology/plan/model.ts';

const SEED = Number(process.env.TEST_SEED ?? 20_261_121);

/** Less than `driver check`: sixteen platforms share three engines, and the seed is the same each time. */
const EFFORT = { moves: 4, faults: 1 };

const platforms = builtinPlatforms.filter((platform) => simulatedPlatforms.includes(platform));

for (const platform of platforms) {
  const passed = new Map<string, boolean>();
  for (const { level, name, run } of checks) {
    test(`${platform}, ${level}: ${name}`, { timeout: 300_000 }, async () => {
      passed.set(name, false);
      await run(simulatedTrial(await loadDriver(platform), undefined, EFFORT), SEED);
      passed.set(name, true);
    });
  }
  test(`${platform} is at the level that levels.json tells`, () => {
    const missing = checks.find(({ name }) => passed.get(name) !== true);
    const reached = missing === undefined ? LEVELS.at(-1) : LEVELS[LEVELS.indexOf(missing.level) - 1];
    expect(levelOf(platform)).toBe(reached ?? null);
  });
}

test('the table of switch-drivers/README.md is what the drivers declare and the tests found', async () => {
  const file = new URL('../../../switch-drivers/README.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  const written = withLevels(text, await Promise.all(builtinPlatforms.map(loadDriver)));
  if (process.env.WRITE_LEVELS === '1') writeFileSync(file, written);
  else expect(text).toBe(written);
});

test('a driver that changes nothing is at level read, and is told what was seen', { timeout: 300_000 }, async () => {
  const driver = await loadDriver('arista-eos');
  const idle = {
    ...driver,
    open: async (target: Parameters<typeof driver.open>[0]) => {
      const session = await driver.open(target);
      return Object.assign(session, { apply: async (changes: readonly Change[]) => void session.render(changes) });
    },
  };
  const report = await runConformance(simulatedTrial(idle), SEED);
  expect(report).toMatchObject({ platform: 'arista-eos', level: 'read', seed: SEED });
  const failed = report.checks.filter(({ outcome }) => outcome === 'failed');
  expect(failed.map(({ level }) => level)).toEqual(expect.arrayContaining(['access', 'trunk', 'atomic']));
  expect(failed.every(({ detail }) => detail !== null && detail.length > 0)).toBe(true);
});

test('a driver that only adds to the allowed list of a trunk is found', { timeout: 300_000 }, async () => {
  const { order } = iosPlatform;
  const adding: OrderedPlatform = {
    ...iosPlatform,
    order: {
      ...order,
      portSet(before, settings) {
        const { groups, block } = order.portSet(before, settings);
        const adds = (text: CliLine) => text.replace(/allowed vlan (?=\d)/, 'allowed vlan add ') as CliLine;
        return { block, groups: groups.map(({ open, lines }) => ({ open, lines: lines.map(adds) })) };
      },
    },
  };
  const trunk = checks.find(({ level }) => level === 'trunk');
  // A seed that changes the VLANs of a trunk in place.
  await expect(trunk?.run(simulatedTrial(cliDriver(adding)), 1)).rejects.toThrow(/is not as it was told to be/);
});
