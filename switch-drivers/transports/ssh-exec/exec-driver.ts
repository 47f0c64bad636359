import { CONTRACT_VERSION, type Driver } from '../../contract/driver.ts';
import { openSession } from '../ssh-cli/cli-driver.ts';
import { ExecSession } from './exec-session.ts';
import type { ExecPlatform } from './platform.ts';

/** Makes a driver of the definition of a platform that is a Linux host. */
export function execDriver(platform: ExecPlatform): Driver<ExecPlatform['options']> {
  return {
    contract: CONTRACT_VERSION,
    platform: platform.platform,
    title: platform.title,
    capabilities: platform.capabilities,
    options: platform.options,
    outputs: platform.outputs,
    async open({ name, options, log, ...target }) {
      return openSession(name, platform, await ExecSession.open(name, platform.dialect, options, target), log);
    },
  };
}
