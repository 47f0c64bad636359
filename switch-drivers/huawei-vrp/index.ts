import { defineDriver } from '../contract/driver.ts';
import { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
import { platform } from './platform.ts';

export { platform };

export default defineDriver(cliDriver(platform));
