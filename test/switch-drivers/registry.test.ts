import { expect, test } from 'vitest';
import { builtinPlatforms, loadDriver } from '../../switch-drivers/registry.ts';

test('every built-in platform loads and bears its name', async () => {
  for (const platform of builtinPlatforms) expect(await loadDriver(platform)).toMatchObject({ platform, contract: 1 });
});

test('an unknown platform is refused with the names there are', async () => {
  for (const name of ['cisco-ios-xr', '__proto__', 'constructor', '../etc']) {
    await expect(loadDriver(name)).rejects.toMatchObject({ code: 'driver_unknown', message: /arista-eos/ });
  }
});
