import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runConformance } from '../../switch-drivers/conformance/run.ts';
import { simulatedTrial } from '../../switch-drivers/conformance/simulated.ts';
import { createDriver } from '../../switch-drivers/outside/create.ts';
import { openDrivers } from '../../switch-drivers/outside/driver-set.ts';
import { loadOutside } from '../../switch-drivers/outside/load.ts';
import { simulatedPlatform } from '../../switch-drivers/simulator/start.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'switchyard-driver-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('a driver that was begun with `driver new` passes every check, far from this repository', {
  timeout: 300_000,
}, async () => {
  const file = createDriver('my-switch', directory);
  const { driver, simulated } = await loadOutside(file, directory);
  expect(driver).toMatchObject({ platform: 'my-switch', title: 'my-switch' });
  expect(simulated).toBeNull();
  const report = await runConformance(simulatedTrial(driver, simulatedPlatform('cisco-ios')), 5);
  expect(report.checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(report.level).toBe('atomic');
});

test('a directory that is there is not written over', () => {
  createDriver('twice', directory);
  writeFileSync(path.join(directory, 'twice/index.ts'), 'mine');
  expect(() => createDriver('twice', directory)).toThrow(expect.objectContaining({ code: 'file_exists' }));
  expect(readFileSync(path.join(directory, 'twice/index.ts'), 'utf8')).toBe('mine');
  expect(() => createDriver('../up', directory)).toThrow(expect.objectContaining({ code: 'driver_name_invalid' }));
});

const write = (name: string, text: string) => writeFileSync(path.join(directory, name), text);

test.each([
  ['./absent.js', 'driver_not_found', /there is no file .*absent/],
  ['no-such-package', 'driver_not_found', /no package of this name/],
  ['./empty.js', 'driver_broken', /there is none/],
  ['./throws.js', 'driver_broken', /out of order/],
  ['./half.js', 'driver_broken', /title/],
  ['./future.js', 'driver_contract_mismatch', /contract 99/],
])('%s is told as %s', async (name, code, message) => {
  write('empty.js', 'export {};');
  write('throws.js', "throw new Error('out of order');");
  write('half.js', "export default { contract: 1, platform: 'half' };");
  const members = `modes: ['access'], vlanMustExist: true, atomic: 'ordered', hasStartupConfig: true, lag: 'none', vxlan: 'none',
    maxSessions: 1, neighbors: false, macTable: false`;
  write(
    'future.js',
    `export default { contract: 99, platform: 'future', title: 'x', capabilities: { ${members} }, options: { safeParse() {} }, open() {} };`,
  );
  await expect(loadOutside(name, directory)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test('broken modules are told and stop nobody else', async () => {
  const drivers = await openDrivers(['./absent.js', createDriver('third', directory)], directory);
  expect(drivers.broken).toMatchObject([{ module: './absent.js', error: { code: 'driver_not_found' } }]);
  expect(drivers.platforms).toEqual(expect.arrayContaining(['third', 'cisco-ios']));
  expect(await drivers.load('third')).toMatchObject({ platform: 'third' });
  expect(await drivers.load('arista-eos')).toMatchObject({ platform: 'arista-eos' });
  await expect(drivers.load('fourth')).rejects.toMatchObject({
    code: 'driver_unknown',
    message: expect.stringMatching(/from outside third; \.\/absent\.js was not loaded/),
  });
});
