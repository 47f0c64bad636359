import { z } from 'zod';
import type { SwitchDescription } from '../../contract/driver.ts';
import { normalizeMac, parseJson } from '../../transports/ssh-cli/parse.ts';
import type { Reader } from '../../transports/ssh-cli/platform.ts';

const VERSION = 'show version | json';
const HOSTNAME = 'show hostname | json';

const text = z.string().max(256);
const version = z.object({ modelName: text.optional(), version: text.optional(), systemMacAddress: text.optional() });
const hostname = z.object({ hostname: text.optional() });

/** EOS announces its system MAC address as LLDP chassis id (subtype 4). */
export const description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>> = {
  commands: [VERSION, HOSTNAME],
  read([versionOut = '', hostnameOut = '']) {
    const facts = parseJson(version, VERSION, versionOut);
    const mac = normalizeMac(facts.systemMacAddress ?? '');
    return {
      model: facts.modelName ?? null,
      version: facts.version ?? null,
      hostname: parseJson(hostname, HOSTNAME, hostnameOut).hostname ?? null,
      chassisIds: mac === null ? [] : [mac],
    };
  },
};
