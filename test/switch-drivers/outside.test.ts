import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { createDriver } from '../../switch-drivers/outside/create.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(path.join(tmpdir(), 'switchyard-driver-'));
afterAll(() => rmSync(directory, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(path.join(directory, name), text);

/** Runs the program in the directory, as its user would. */
async function switchyard(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [path.join(root, 'src/cli/main.ts'), ...args], { cwd: directory });
  return stdout;
}

/** What a script prints as JSON that has the loader at hand: the test runner's own loader would load drivers otherwise. */
async function withLoader(script: string): Promise<unknown> {
  const modules = ['load', 'driver-set'].map((name) => `export * from '${root}switch-drivers/outside/${name}.ts';`);
  write('loader.ts', modules.join('\n'));
  write('script.ts', `import { loadOutside, openDrivers } from './loader.ts';\n${script}`);
  const { stdout } = await run(process.execPath, ['script.ts'], { cwd: directory });
  return JSON.parse(stdout);
}

test('a driver begun with `driver new` passes every check, far from this repository', {
  timeout: 300_000,
}, async () => {
  expect(JSON.parse(await switchyard('driver', 'new', 'my-switch', '--json'))).toEqual({
    platform: 'my-switch',
    file: './my-switch/index.ts',
  });
  const check = ['driver', 'check', './my-switch/index.ts', '--as', 'cisco-ios', '--seed', '5', '--json'];
  const report = JSON.parse(await switchyard(...check));
  expect(report).toMatchObject({ platform: 'my-switch', title: 'my-switch', level: 'atomic', seed: 5 });
  const capture = 'VLAN Name   Status    Ports\n---- ------ --------- -----\n20   red    active    \nwhat is this\n';
  write('capture.txt', capture);
  const parsed = JSON.parse(
    await switchyard('driver', 'parse', './my-switch/index.ts', 'show vlan brief', 'capture.txt'),
  );
  expect(parsed).toMatchObject({ platform: 'my-switch', rows: [{ vlan: 20 }], unparsed: ['what is this'] });
});

test('a directory that is there is not written over', () => {
  createDriver('twice', directory);
  write('twice/index.ts', 'mine');
  expect(() => createDriver('twice', directory)).toThrow(expect.objectContaining({ code: 'file_exists' }));
  expect(readFileSync(path.join(directory, 'twice/index.ts'), 'utf8')).toBe('mine');
  expect(() => createDriver('../up', directory)).toThrow(expect.objectContaining({ code: 'driver_name_invalid' }));
});

test('what is no driver is told, and why', async () => {
  write('empty.mjs', 'export {};');
  write('throws.mjs', "throw new Error('out of order');");
  write('half.mjs', "export default { contract: 1, platform: 'half' };");
  const members = `modes: ['access'], vlanMustExist: true, atomic: 'ordered', hasStartupConfig: true, lag: 'none', vxlan: 'none',
    maxSessions: 1, neighbors: false, macTable: false`;
  write(
    'future.mjs',
    `export default { contract: 99, platform: 'future', title: 'x', capabilities: { ${members} }, options: { safeParse() {} }, open() {} };`,
  );
  const names = ['./absent.mjs', 'no-such-package', './empty.mjs', './throws.mjs', './half.mjs', './future.mjs'];
  const told = await withLoader(`
    const told: unknown[] = [];
    for (const name of ${JSON.stringify(names)}) {
      await loadOutside(name, process.cwd()).catch(({ code, message }) => told.push({ code, message }));
    }
    console.log(JSON.stringify(told));`);
  const saying = (code: string, message: string) => ({ code, message: expect.stringContaining(message) });
  expect(told).toEqual([
    saying('driver_not_found', 'there is no file'),
    saying('driver_not_found', 'no package of this name'),
    saying('driver_broken', 'there is none'),
    saying('driver_broken', 'out of order'),
    saying('driver_broken', 'title'),
    saying('driver_contract_mismatch', 'contract 99'),
  ]);
});

test('broken modules are told and stop nobody else', async () => {
  const third = createDriver('third', directory);
  const found = await withLoader(`
    const drivers = await openDrivers(['./absent.mjs', '${third}'], process.cwd());
    const { platform } = await drivers.load('third');
    const unknown = await drivers.load('fourth').catch(({ code, message }) => ({ code, message }));
    const broken = drivers.broken.map(({ module, error }) => ({ module, code: error.code }));
    const ours = (await drivers.load('arista-eos')).platform;
    console.log(JSON.stringify({ platform, ours, broken, unknown, platforms: drivers.platforms }));`);
  expect(found).toMatchObject({
    platform: 'third',
    ours: 'arista-eos',
    broken: [{ module: './absent.mjs', code: 'driver_not_found' }],
    platforms: expect.arrayContaining(['third', 'cisco-ios']),
    unknown: {
      code: 'driver_unknown',
      message: expect.stringMatching(/from outside third; \.\/absent\.mjs was not loaded/),
    },
  });
});
