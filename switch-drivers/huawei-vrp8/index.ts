import { defineDriver } from '../contract/driver.ts';
import { dialect8 } from '../huawei-vrp/dialect.ts';
import { order8 } from '../huawei-vrp/order.ts';
import { platform as vrp5 } from '../huawei-vrp/platform.ts';
import { ports8, preview } from '../huawei-vrp/readers/ports8.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { line } from '../transports/ssh-cli/guard.ts';
import type { CommittedPlatform } from '../transports/ssh-cli/platform.ts';

/** Dialect, readers, lines and notes stand with those of VRP 5. */
export const platform: CommittedPlatform = {
  ...vrp5,
  platform: 'huawei-vrp8',
  title: 'Huawei VRP 8 (CloudEngine, two-stage) over SSH',
  capabilities: { ...vrp5.capabilities, atomic: 'transactional' },
  dialect: dialect8,
  ports: ports8,
  order: order8,
  candidate: { commit: line`commit`, discard: line`clear configuration candidate`, preview },
};

export default defineDriver(cliDriver(platform));
