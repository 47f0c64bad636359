import { defineDriver } from '../contract/driver.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import { sshOptions } from '../transports/ssh-cli/options.ts';
import type { OrderedPlatform } from '../transports/ssh-cli/platform.ts';
import { dialect } from './dialect.ts';
import { order } from './order.ts';
import { outputs } from './outputs.ts';
import { description } from './readers/description.ts';
import { macs, neighbors } from './readers/evidence.ts';
import { ports } from './readers/ports.ts';

export const platform: OrderedPlatform = {
  platform: 'zte-zxros',
  title: 'ZTE ZXROS (ZXR10 5960, 8900E, 9900; ZXCTN) over SSH',
  capabilities: {
    modes: ['access', 'trunk'],
    nativeRequired: true,
    vlanMustExist: true,
    atomic: 'ordered',
    hasStartupConfig: true,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 5,
    neighbors: true,
    macTable: true,
  },
  options: sshOptions,
  dialect,
  // Names have one form only.
  aliases: () => [],
  description,
  ports,
  neighbors,
  macTable: macs,
  outputs,
  order,
  save: { lines: [line`write`], timeoutMs: 180_000, done: /\[OK\]/i },
};

export default defineDriver(cliDriver(platform));
