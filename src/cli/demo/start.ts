import path from 'node:path';
import { loadConfig } from '../../config/config.ts';
import type { ConfigFile } from '../../config/schema.ts';
import type { Log } from '../../log.ts';
import { type Controller, startController } from '../../main/controller.ts';
import { type Rack, startRack } from '../../rack/rack.ts';
import { routedNetworks } from './setup.ts';

export interface VirtualRackOptions {
  /** Where the rack keeps its disks. */
  directory: string;
  /** The first two octets of its addresses, as in `config`. */
  block: string;
  /** demoConfig(), or a variation of it. */
  config: ConfigFile;
  servers: number;
  switches: number;
  log: Log;
  /** What the machines of the rack say, line by line. */
  onRackLine(line: string): void;
}

/** A controller, and beside it a rack that it knows nothing of yet. On an error nothing stays behind. */
export async function startControllerAndRack(
  options: VirtualRackOptions,
): Promise<{ controller: Controller; rack: Rack }> {
  const config = loadConfig({ env: {}, overrides: options.config });
  const { address, port } = config.provisioner.dhcp;
  const controller = await startController(config, options.log);
  try {
    const rack = await startRack({
      switches: options.switches,
      servers: options.servers,
      directory: path.join(options.directory, 'rack'),
      networks: routedNetworks(options.block),
      dhcpServer: { address, port },
      log: options.onRackLine,
    });
    return { controller, rack };
  } catch (error) {
    await controller.stop();
    throw error;
  }
}
