import { readFile } from 'node:fs/promises';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { CONTRACT_VERSION, defineDriver } from '../contract/driver.ts';
import { OvsdbClient, type OvsdbTls } from '../transports/ovsdb/index.ts';
import { asSwitchErrors } from './errors.ts';
import { type OvsOptions, ovsOptions } from './options.ts';
import { OvsSession, PLATFORM } from './session.ts';

/**
 * Open vSwitch as an access switch, over its database. See notes.md for how the model maps to Port.tag, trunks and
 * vlan_mode, and for what Open vSwitch cannot do.
 */
export default defineDriver({
  contract: CONTRACT_VERSION,
  platform: PLATFORM,
  title: 'Open vSwitch (OVSDB)',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: false,
    atomic: 'transactional',
    hasStartupConfig: false,
    lag: 'existing',
    vxlan: 'none',
    maxSessions: 4,
    neighbors: false,
    macTable: false,
  },
  options: ovsOptions,
  async open({ options, log, connectTimeoutMs, commandTimeoutMs }) {
    const tls = await readTls(options.tls);
    const client = await asSwitchErrors(() =>
      OvsdbClient.connect(options.remote, { tls, connectTimeoutMs, requestTimeoutMs: commandTimeoutMs }),
    );
    try {
      return await OvsSession.start(client, { bridge: options.bridge, log, timeoutMs: commandTimeoutMs ?? 10_000 });
    } catch (error) {
      client.close();
      throw error;
    }
  },
});

async function readTls(tls: OvsOptions['tls']): Promise<OvsdbTls | undefined> {
  if (tls === undefined) return undefined;
  return {
    ca: await readPem('caFile', tls.caFile),
    cert: await readPem('certFile', tls.certFile),
    key: await readPem('keyFile', tls.keyFile),
    fingerprint: tls.fingerprint,
    serverName: tls.serverName,
  };
}

async function readPem(option: string, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new FabricError('switch_options_invalid', `tls.${option} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
