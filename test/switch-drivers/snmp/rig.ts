import { type SimulatedSwitch, startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';
import driver from '../../../switch-drivers/snmp-qbridge/index.ts';
import { SnmpConnection } from '../../../switch-drivers/transports/snmp/connection.ts';
import { snmpV2cOptions, snmpV3Options } from '../../../switch-drivers/transports/snmp/options.ts';

export const PASSWORD = 'correct-horse';

export interface SnmpRig {
  sim: SimulatedSwitch;
  /** SNMPv2c, for questions and changes beside the driver. */
  plain(options?: Record<string, unknown>): Promise<SnmpConnection>;
  v3(options?: Record<string, unknown>): Promise<SnmpConnection>;
  session(options?: Record<string, unknown>): ReturnType<typeof driver.open>;
  stop(): Promise<void>;
}

/** A simulated switch with four ports, and connections to it that end with it. */
export async function startSnmp(): Promise<SnmpRig> {
  const sim = await startSimulatedSwitch({
    platform: 'snmp-qbridge',
    name: 'bridge1',
    ports: 4,
    chassisMac: '02:00:5e:00:53:00',
    username: 'admin',
    password: PASSWORD,
  });
  const open: Array<{ close(): unknown }> = [];
  const kept = async <T extends { close(): unknown }>(opening: Promise<T>): Promise<T> => {
    const one = await opening;
    open.push(one);
    return one;
  };
  const { host, port } = sim;
  const v2c = { version: '2c', community: PASSWORD, host, port, timeoutMs: 500 };
  return {
    sim,
    plain: (options) => kept(SnmpConnection.open('bridge1', snmpV2cOptions.parse({ ...v2c, ...options }), {})),
    v3: (options) => kept(SnmpConnection.open('bridge1', snmpV3Options.parse({ ...sim.options, ...options }), {})),
    session: (options) =>
      kept(
        driver.open({
          name: 'bridge1',
          options: driver.options.parse({ ...sim.options, ...options }),
          log: { debug() {}, warn() {} },
        }),
      ),
    async stop() {
      for (const one of open) await one.close();
      await sim.stop();
    },
  };
}
