import { FabricError } from '../../topology/error/fabric-error.ts';
import { type Knobs, SimulatedDevice } from './device.ts';
import { SwitchModel } from './model/switch-model.ts';
import type { SimulatedPlatform, SimulatedServer } from './platform.ts';
import { platforms } from './platforms.ts';

/** Platforms the simulator can be. */
export const simulatedPlatforms: readonly string[] = platforms.map(({ platform }) => platform);

export interface SimulatedSwitchOptions {
  /** Name of one of ours, or one from outside. */
  platform: string | SimulatedPlatform;
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

export interface SimulatedSwitch extends SimulatedServer {
  model: SwitchModel;
  /** Knobs, faults, and what the switch was told. */
  device: SimulatedDevice;
}

/** Starts a simulated switch behind a real server. Throws `simulator_platform_unknown`. */
export async function startSimulatedSwitch(options: SimulatedSwitchOptions): Promise<SimulatedSwitch> {
  const { name, chassisMac, username, password, host = '127.0.0.1', port = 0 } = options;
  const platform = typeof options.platform === 'string' ? simulatedPlatform(options.platform) : options.platform;
  const ports = typeof options.ports === 'number' ? platform.portNames(options.ports) : options.ports;
  const model = new SwitchModel({ name, chassisMac, ports, factory: platform.factory });
  const device = new SimulatedDevice(model, options.knobs);
  const server = await platform.serve(device, { host, port, username, password });
  return { ...server, model, device };
}

/** Throws `simulator_platform_unknown`. */
export function simulatedPlatform(name: string): SimulatedPlatform {
  const platform = platforms.find((candidate) => candidate.platform === name);
  if (platform) return platform;
  throw new FabricError(
    'simulator_platform_unknown',
    `no simulator for ${name}; there is one for ${simulatedPlatforms.join(', ')}`,
  );
}
