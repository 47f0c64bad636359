import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { DemoApi } from '../../src/cli/demo/api.ts';
import { enrollNodes, registerFabric } from '../../src/cli/demo/scenario.ts';
import { demoConfig, writeDemoImage } from '../../src/cli/demo/setup.ts';
import { startControllerAndRack } from '../../src/cli/demo/start.ts';
import { merge, type Tree } from '../../src/config/merge.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import { jsonLog } from '../../src/log.ts';
import type { Controller } from '../../src/main/controller.ts';
import type { Rack } from '../../src/rack/rack.ts';
import { temporaryDirectory } from './store.ts';

export interface TestRackOptions {
  servers: number;
  switches: number;
  /** Laid over the test rack's own configuration, field by field. */
  config?: ConfigFile;
}

export interface TestRack {
  /** Of the controller's API. */
  url: string;
  api: DemoApi;
  controller: Controller;
  rack: Rack;
  image: { source: string; sha256: string; bytes: number };
  /** Where the rack's router sends DHCP. */
  dhcpServer: { address: string; port: number };
  /** The first two octets of all its addresses. */
  block: string;
  directory: string;
  /** What the controller warned of and the machines said, to be shown when a test fails. */
  lines: string[];
  /** Enrolls every server of the rack by its BMC, as node-1, node-2 and so on. */
  enrollNodes(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A controller on its embedded database and a virtual rack, with the networks and switches of the demo registered and no
 * node. Any number of them can run on one machine.
 */
export async function startTestRack({ servers, switches, config = {} }: TestRackOptions): Promise<TestRack> {
  // Runs backwards, and to the end even where a part does not stop cleanly.
  const undo = new AsyncDisposableStack();
  const stop = () => undo.disposeAsync();
  try {
    const directory = await temporaryDirectory();
    undo.defer(() => rm(directory, { recursive: true, force: true }));
    const { block, release } = await claimBlock();
    undo.defer(release);
    const lines: string[] = [];
    const base: ConfigFile = { ...(await demoConfig(directory, block)), api: { host: '127.0.0.1', port: 0 } };
    const { controller, rack } = await startControllerAndRack({
      directory,
      block,
      config: merge(base as Tree, config as Tree) as ConfigFile,
      servers,
      switches,
      log: jsonLog((line) => lines.push(line.trimEnd()), 'warn'),
      onRackLine: (line) => lines.push(line),
    });
    undo.defer(() => rack.stop());
    undo.defer(() => controller.stop());
    const image = await writeDemoImage(directory);
    const api = new DemoApi(controller.url);
    await registerFabric(api, rack);
    const url = controller.url;
    return {
      url,
      api,
      controller,
      rack,
      image,
      dhcpServer: { address: `${block}.0.1`, port: base.provisioner!.dhcp!.port! },
      block,
      directory,
      lines,
      enrollNodes: () => enrollNodes(api, rack),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Held as long as the block is used, by whatever process: the system forgets it with its owner. */
const GUARD_PORT = 6384;

/** 127.77 is the demo's. */
const BLOCKS = Array.from({ length: 150 }, (_, index) => `127.${78 + index}`);

/** Addresses that no other rack of this machine uses until release(). */
export async function claimBlock(): Promise<{ block: string; release(): Promise<void> }> {
  for (const block of BLOCKS) {
    const guard = createServer();
    if (!(await listens(guard, `${block}.0.1`))) continue;
    return { block, release: () => new Promise((done) => guard.close(() => done())) };
  }
  throw new Error('Every block of addresses is in use by another test rack.');
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(GUARD_PORT, address, () => resolve(true));
  });
}
