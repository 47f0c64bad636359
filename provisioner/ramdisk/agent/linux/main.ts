import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { FabricError, messageOf } from '../../../../topology/error/fabric-error.ts';
import { AGENT_VERSION, startAgent } from '../agent.ts';
import { createHttpClient } from '../http-client.ts';
import { bootMac, type KernelParameters, parseKernelParameters } from './kernel-parameters.ts';
import { linuxHardware } from './linux-hardware.ts';
import { listNics } from './nics.ts';

/** The agent as the ramdisk's init starts it. Its output is the machine's console. */
const LOG_LINES = 5000;
const RESTART_MS = 30_000;
const lines: string[] = [];

function log(line: string): void {
  const uptime = readFileSync('/proc/uptime', 'utf8').split(' ')[0];
  const text = `[${uptime}] agent: ${line}`;
  lines.push(text);
  if (lines.length > LOG_LINES) lines.shift();
  process.stdout.write(`${text}\n`);
}

/** The address of the NIC the machine booted from, else of the first that has one. */
async function ownAddress(parameters: KernelParameters): Promise<string> {
  if (parameters.advertiseHost) return parameters.advertiseHost;
  const mac = parameters.bootif ? bootMac(parameters.bootif) : null;
  const nics = await listNics();
  const ordered = [...nics.filter((nic) => nic.mac_address === mac), ...nics];
  const address = ordered.find((nic) => nic.ipv4_address)?.ipv4_address;
  if (address) return address;
  throw new FabricError('agent_no_address', 'no NIC has an IPv4 address; check the DHCP server on this network');
}

async function runOnce(parameters: KernelParameters): Promise<void> {
  if (parameters.apiUrls.length === 0) {
    throw new FabricError(
      'agent_no_api',
      'kernel parameter ipa-api-url is missing; boot with ipa-api-url=http://ADDRESS:PORT',
    );
  }
  const agent = startAgent({
    hardware: linuxHardware({ bootif: parameters.bootif, log, agentLog: () => lines.join('\n') }),
    apiUrls: parameters.apiUrls,
    inspectionUrl: parameters.inspectionUrl,
    listen: { address: '0.0.0.0', port: parameters.listenPort },
    advertiseAddress: await ownAddress(parameters),
    http: createHttpClient({ insecure: parameters.insecure }),
    token: parameters.token,
    rootDeviceHints: parameters.rootDevice,
    lldpTimeoutMs: parameters.lldpTimeoutMs,
    lookupTimeoutMs: parameters.lookupTimeoutMs,
    lookupIntervalMs: parameters.lookupIntervalMs,
    download: { retries: parameters.downloadRetries, retryDelayMs: parameters.downloadRetryDelayMs },
    log,
  });
  await agent.finished;
}

async function main(): Promise<void> {
  const parameters = parseKernelParameters(readFileSync('/proc/cmdline', 'utf8'));
  log(`Switchyard deploy agent (contract ${AGENT_VERSION}), Node ${process.version}`);
  for (;;) {
    try {
      await runOnce(parameters);
      log('locked down; reset the machine to use it again');
      return;
    } catch (error) {
      log(`${messageOf(error)}; trying again in ${RESTART_MS / 1000} s`);
      await delay(RESTART_MS);
      // Inspection data is sent once a boot: the conductor has it, or said that it does not want it.
      parameters.inspectionUrl = null;
    }
  }
}

void main();
