import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoApi } from '../../src/cli/demo/api.ts';
import { enrollNodes, registerFabric } from '../../src/cli/demo/scenario.ts';
import { demoConfig, routedNetworks, writeDemoImage } from '../../src/cli/demo/setup.ts';
import { merge, type Tree } from '../../src/config/merge.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import { type Rack, startRack } from '../../src/rack/rack.ts';
import { claimBlock } from '../support/rack.ts';
import { temporaryDirectory } from '../support/store.ts';
import { ControllerProcess, freePort } from './controller-process.ts';
import { Nodes } from './nodes.ts';

export interface KillableRack {
  rack: Rack;
  controller: ControllerProcess;
  api: DemoApi;
  nodes: Nodes;
  image: { source: string; sha256: string; bytes: number };
  /** What controller and machines said, to be shown when a test fails. */
  lines: string[];
  stop(): Promise<void>;
}

/**
 * A rack in this process and its controller in another, at fixed ports: whoever is killed is found again at the same place.
 * Networks, switches and nodes are registered.
 */
export async function startKillableRack(options: { servers: number; config?: ConfigFile }): Promise<KillableRack> {
  const undo: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const directory = await temporaryDirectory();
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const { block, release } = await claimBlock();
    undo.push(release);
    const address = `${block}.0.1`;
    const apiPort = await freePort(address);
    const base: ConfigFile = {
      ...(await demoConfig(directory, block)),
      api: { host: address, port: apiPort },
      logLevel: 'info',
    };
    const http = { provisioner: { http: { address, port: await freePort(address) } } };
    const config = [http, options.config ?? {}].reduce<Tree>((all, one) => merge(all, one as Tree), base as Tree);
    const file = path.join(directory, 'config.json');
    await writeFile(file, JSON.stringify(config));

    const lines: string[] = [];
    const rack = await startRack({
      switches: 2,
      servers: options.servers,
      directory: path.join(directory, 'rack'),
      networks: routedNetworks(block),
      dhcpServer: { address, port: (config as ConfigFile).provisioner!.dhcp!.port! },
      log: (line) => lines.push(line),
    });
    undo.push(() => rack.stop());
    const controller = new ControllerProcess(file, path.join(directory, 'data'), (line) => lines.push(line));
    undo.push(() => controller.remove());
    await controller.start();
    const image = await writeDemoImage(directory);
    const api = new DemoApi(`http://${address}:${apiPort}`);
    await registerFabric(api, rack);
    await enrollNodes(api, rack);
    return { rack, controller, api, nodes: new Nodes(api, image), image, lines, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until `look` gives something; throws with what was seen last. */
export async function until<T>(what: string, look: () => Promise<T | null>, limitMs: number): Promise<T> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(100)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`${what}: not within ${limitMs / 1000} s`);
}
