import { FabricError } from '../../topology/error/fabric-error.ts';
import { type Knobs, SimulatedDevice } from './device.ts';
import { eos } from './eos/personality.ts';
import { ios } from './ios/personality.ts';
import { SwitchModel } from './model/switch-model.ts';
import type { CliPersonality } from './personality.ts';
import { startSshServer } from './ssh/server.ts';

const personalities: readonly CliPersonality[] = [eos, ios];

/** Platforms the simulator can be. */
export const simulatedPlatforms: readonly string[] = personalities.map(({ platform }) => platform);

export interface SimulatedSwitchOptions {
  platform: string;
  /** Host name, as prompt and LLDP system name show it. */
  name: string;
  /** How many ports, named as the vendor names them; or the names. */
  ports: number | readonly string[];
  /** LLDP chassis id: lower case with colons. */
  chassisMac: string;
  username: string;
  password: string;
  /** Where to listen; loopback and a free port unless told otherwise. */
  host?: string;
  port?: number;
  knobs?: Partial<Knobs>;
}

export interface SimulatedSwitch {
  host: string;
  port: number;
  hostKeyFingerprint: string;
  model: SwitchModel;
  /** Knobs, faults, and what the switch was told. */
  device: SimulatedDevice;
  stop(): Promise<void>;
}

/** Starts a simulated switch behind a real SSH server. Throws `simulator_platform_unknown`. */
export async function startSimulatedSwitch(options: SimulatedSwitchOptions): Promise<SimulatedSwitch> {
  const personality = personalities.find(({ platform }) => platform === options.platform);
  if (!personality) {
    throw new FabricError(
      'simulator_platform_unknown',
      `no simulator for ${options.platform}; there is one for ${simulatedPlatforms.join(', ')}`,
    );
  }
  const ports = typeof options.ports === 'number' ? personality.portNames(options.ports) : options.ports;
  const { name, chassisMac } = options;
  const model = new SwitchModel({ name, chassisMac, ports, factoryMode: personality.factoryMode });
  const device = new SimulatedDevice(model, options.knobs);
  const { connect, stop } = personality.attach(device);
  const server = await startSshServer({
    device,
    personality,
    connect,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    username: options.username,
    password: options.password,
  });
  return {
    host: server.host,
    port: server.port,
    hostKeyFingerprint: server.hostKeyFingerprint,
    model,
    device,
    stop: async () => {
      stop();
      await server.stop();
    },
  };
}
