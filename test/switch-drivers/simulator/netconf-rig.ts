import type { Session } from '../../../switch-drivers/contract/driver.ts';
import { loadDriver } from '../../../switch-drivers/registry.ts';
import { SimulatedDevice } from '../../../switch-drivers/simulator/device.ts';
import { SwitchModel } from '../../../switch-drivers/simulator/model/switch-model.ts';
import type { SimulatedPlatform } from '../../../switch-drivers/simulator/platform.ts';
import { openNetconf } from '../../../switch-drivers/transports/netconf/connect.ts';
import { editConfig, validate } from '../../../switch-drivers/transports/netconf/operations.ts';
import { netconfOptions } from '../../../switch-drivers/transports/netconf/options.ts';
import type { NetconfSession } from '../../../switch-drivers/transports/netconf/session.ts';
import { parseXml } from '../../../switch-drivers/transports/netconf/xml/parse.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';

const quiet = { debug() {}, warn() {} };

/** One simulated NETCONF switch, with sessions of its driver and of somebody else; stop() closes all. */
export async function startNetconfRig(platform: SimulatedPlatform) {
  const model = new SwitchModel({ name: 'leaf1', chassisMac: '02:00:5e:00:53:00', ports: platform.portNames(4) });
  const device = new SimulatedDevice(model);
  const login = { username: 'admin', password: 'secret' };
  const server = await platform.serve(device, { host: '127.0.0.1', port: 0, ...login });
  const options = { ...login, host: server.host, port: server.port, hostKey: server.hostKeyFingerprint };
  const open: Array<{ close(): Promise<void> }> = [];
  return {
    model,
    device,
    async driver(): Promise<Session> {
      const driver = await loadDriver(platform.platform);
      const session = await driver.open({ name: 'leaf1', options: driver.options.parse(options), log: quiet });
      open.push(session);
      return session;
    },
    async netconf(): Promise<NetconfSession> {
      const session = await openNetconf('leaf1', netconfOptions.parse(options));
      open.push(session);
      return session;
    },
    async stop() {
      for (const session of open) await session.close();
      await server.stop();
    },
  };
}

/** What the device says against an edit of its candidate; null: nothing. */
export async function refusalOf(session: NetconfSession, xml: string): Promise<string | null> {
  const config = [parseXml(xml)];
  return editConfig(session, { target: 'candidate', config })
    .then(() => validate(session, 'candidate'))
    .then(
      () => null,
      (error: unknown) => String(error instanceof FabricError ? error.context.device : error),
    );
}
