import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../../config/config.ts';
import { jsonLog } from '../../log.ts';
import { type Controller, startController } from '../../main/controller.ts';
import { type Rack, startRack } from '../../rack/rack.ts';
import { DemoApi } from './api.ts';
import { type DemoReport, reportNodes } from './report.ts';
import { deploy, enroll, giveBack, wholeLife } from './scenario.ts';
import { demoConfig, ROLE_NETWORKS, TENANTS, writeDemoImage } from './setup.ts';

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
    options.onPhase('starting the controller on its embedded database');
    const { config, dhcpPort } = await demoConfig(directory);
    controller = await startController(loadConfig({ env: {}, overrides: config }), jsonLog(options.log, 'warn'));
    options.onPhase(`starting ${options.switches} switches and ${options.servers} servers`);
    rack = await startRack({
      switches: options.switches,
      servers: options.servers,
      directory: path.join(directory, 'rack'),
      networks: ROLE_NETWORKS.map(({ vlan, subnet, gateway }) => ({ vlan, subnet, gateway })),
      dhcpServer: { address: config.provisioner!.dhcp!.address!, port: dhcpPort },
      log: (line) => options.log(`${line}\n`),
    });
    const image = await writeDemoImage(directory);
    const api = new DemoApi(controller.url);
    options.onPhase('registering switches, networks and nodes');
    await enroll(api, rack);
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
