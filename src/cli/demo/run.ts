import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonLog } from '../../log.ts';
import type { Controller } from '../../main/controller.ts';
import type { Rack } from '../../rack/rack.ts';
import { DemoApi } from './api.ts';
import { type DemoReport, reportNodes } from './report.ts';
import { deploy, enrollNodes, giveBack, registerFabric, wholeLife } from './scenario.ts';
import { DEMO_BLOCK, demoConfig, TENANTS, writeDemoImage } from './setup.ts';
import { startControllerAndRack } from './start.ts';

export interface DemoOptions {
  servers: number;
  switches: number;
  /** Told what is going on, for people. */
  onPhase(text: string): void;
  /** The rack and the API, as soon as there is something to look at. */
  onReady(demo: { api: DemoApi; rack: Rack }): void;
  log(line: string): void;
}

export interface Demo {
  report: DemoReport;
  url: string;
  directory: string;
  stop(): Promise<void>;
}

/** How long machines are listened to before it is said who hears whom. */
const LISTEN_MS = 1_000;

/** The whole demo. Leaves controller and rack running: stop() ends them and removes what they kept. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const started = Date.now();
  const directory = await mkdtemp(path.join(tmpdir(), 'switchyard-demo-'));
  // Started as root, the embedded PostgreSQL runs as somebody else, who must be able to pass.
  await chmod(directory, 0o711);
  let controller: Controller | null = null;
  let rack: Rack | null = null;
  const stop = async () => {
    await controller?.stop();
    await rack?.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { servers, switches } = options;
    options.onPhase(`starting the controller on its embedded database, ${switches} switches and ${servers} servers`);
    ({ controller, rack } = await startControllerAndRack({
      directory,
      block: DEMO_BLOCK,
      config: await demoConfig(directory, DEMO_BLOCK),
      servers,
      switches,
      log: jsonLog(options.log, 'warn'),
      onRackLine: (line) => options.log(`${line}\n`),
    }));
    const image = await writeDemoImage(directory);
    const api = new DemoApi(controller.url);
    options.onPhase('registering switches, networks and nodes');
    await registerFabric(api, rack);
    await enrollNodes(api, rack);
    options.onReady({ api, rack });
    options.onPhase('inspect, clean and deploy every node');
    const tenantOf = (index: number) => TENANTS[index % TENANTS.length]!;
    await Promise.all(rack.servers.map((server, index) => wholeLife(api, server.name, tenantOf(index), image)));
    const moved = rack.servers[0];
    if (moved) {
      options.onPhase(
        `${moved.name} is given back by ${tenantOf(0).project}, cleaned, and handed to ${tenantOf(1).project}`,
      );
      await giveBack(api, moved.name);
      await deploy(api, moved.name, tenantOf(1), image);
    }
    options.onPhase('listening who hears whom');
    await forgetHeard(rack);
    await sleep(LISTEN_MS);
    const report = { nodes: await reportNodes(api, rack), seconds: (Date.now() - started) / 1000 };
    return { report, url: controller.url, directory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Booting takes a moment; what counts is who hears whom from now on. */
async function forgetHeard(rack: Rack): Promise<void> {
  const until = Date.now() + 10_000;
  while (rack.servers.some((server) => server.instance === null) && Date.now() < until) await sleep(100);
  for (const server of rack.servers) server.instance?.heard.clear();
}
