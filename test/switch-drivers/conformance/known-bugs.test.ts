import { expect, test } from 'vitest';
import { platform as ios } from '../../../switch-drivers/cisco-ios/index.ts';
import { checks } from '../../../switch-drivers/conformance/run.ts';
import { simulatedTrial } from '../../../switch-drivers/conformance/simulated.ts';
import { cliDriver } from '../../../switch-drivers/transports/ssh-cli/cli-driver.ts';
import type { CliLine } from '../../../switch-drivers/transports/ssh-cli/guard.ts';
import type { OrderedPlatform } from '../../../switch-drivers/transports/ssh-cli/platform.ts';

/** Faults that drivers elsewhere have had in the field: each of them must be found by some check. */

function withLines(edit: (text: CliLine) => string | null): OrderedPlatform {
  const portSet: typeof ios.order.portSet = (before, settings) => {
    const { groups, block } = ios.order.portSet(before, settings);
    const edited = (lines: readonly CliLine[]) => lines.flatMap((text) => (edit(text) ?? []) as CliLine[]);
    return { block, groups: groups.map(({ open, lines }) => ({ open, lines: edited(lines) })) };
  };
  return { ...ios, order: { ...ios.order, portSet } };
}

async function found(platform: OrderedPlatform, part: string, seed: number): Promise<string> {
  const check = checks.find(({ level, name }) => `${level}: ${name}`.includes(part));
  if (!check) throw new Error(`there is no check ${part}`);
  return check.run(simulatedTrial(cliDriver(platform), undefined, { moves: 5, faults: 2 }), seed).then(
    () => 'nothing',
    (error: Error) => error.message,
  );
}

const SEED = 1;

test('the native VLAN of a trunk is never set', async () => {
  const driver = withLines((text) => (text.startsWith('switchport trunk native') ? null : text));
  expect(await found(driver, 'trunk: random', SEED)).toMatch(/is not as it was told to be/);
});

test('an access VLAN is only removed, so that the port falls to VLAN 1', async () => {
  const driver = withLines((text) => (text === 'switchport access vlan 999' ? 'no switchport access vlan' : text));
  expect(await found(driver, 'access: random', SEED)).toMatch(/VLAN 1|access 1|instead of/);
});

test('words of refusals are not looked for', async () => {
  const driver = { ...ios, dialect: { ...ios.dialect, failures: [] } };
  const outcomes = await Promise.all(
    [1, 2, 3, 4].map((seed) => found(driver, 'atomic: a line that the device refuses', seed)),
  );
  expect(outcomes.join()).toMatch(/refused, and nobody was told/);
});

test('a save is taken for done whatever the device says', async () => {
  const { lines, timeoutMs } = ios.save;
  const driver = { ...ios, save: { lines, timeoutMs }, dialect: { ...ios.dialect, failures: [] } };
  expect(await found(driver, 'a save that fails is told', SEED)).toMatch(/although nothing was saved/);
});
