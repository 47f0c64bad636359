import { expect, test } from 'vitest';
import { platform as iosPlatform } from '../../../switch-drivers/cisco-ios/index.ts';
import { checks, runConformance } from '../../../switch-drivers/conformance/run.ts';
import { simulatedTrial } from '../../../switch-drivers/conformance/simulated.ts';
import { loadDriver } from '../../../switch-drivers/registry.ts';
import { cliDriver } from '../../../switch-drivers/transports/ssh-cli/cli-driver.ts';
import type { CliLine } from '../../../switch-drivers/transports/ssh-cli/guard.ts';
import type { OrderedPlatform } from '../../../switch-drivers/transports/ssh-cli/platform.ts';
import type { Change } from '../../../topology/plan/model.ts';

const SEED = Number(process.env.TEST_SEED ?? 20_261_121);

const platforms = ['arista-eos', 'cisco-ios'];

for (const platform of platforms) {
  for (const { level, name, run } of checks) {
    test(`${platform}, ${level}: ${name}`, { timeout: 300_000 }, async () => {
      await run(simulatedTrial(await loadDriver(platform)), SEED);
    });
  }
}

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
      settings: (settings, block) =>
        order.settings(settings, block).map((setting) => ({
          ...setting,
          lines: setting.lines.map((text) => text.replace(/allowed vlan (?=\d)/, 'allowed vlan add ') as CliLine),
        })),
    },
  };
  const trunk = checks.find(({ level }) => level === 'trunk');
  // A seed that changes the VLANs of a trunk in place.
  await expect(trunk?.run(simulatedTrial(cliDriver(adding)), 1)).rejects.toThrow(/is not as it was told to be/);
});
