import { CONTRACT_VERSION, defineDriver } from '../contract/driver.ts';
import { SnmpConnection } from '../transports/snmp/connection.ts';
import { qBridgeOptions } from './options.ts';
import { PLATFORM, QBridgeSession } from './session.ts';

/** Any switch with the standard MIBs. See notes.md for what they cannot tell, and for saving. */
export default defineDriver({
  contract: CONTRACT_VERSION,
  platform: PLATFORM,
  title: 'Any switch with Q-BRIDGE-MIB, over SNMP (cannot save its configuration)',
  capabilities: {
    modes: ['access', 'trunk'],
    vlanMustExist: true,
    atomic: 'ordered',
    hasStartupConfig: false,
    lag: 'existing',
    vxlan: 'none',
    // The list of a VLAN is read, changed and written whole: two sessions at once would undo each other.
    maxSessions: 1,
    neighbors: true,
    macTable: true,
  },
  options: qBridgeOptions,
  async open({ name, options, log, ...target }) {
    const connection = await SnmpConnection.open(name, options, target);
    const session = new QBridgeSession(connection, options.ingressFiltering === 'assumed', log);
    try {
      await session.prepare();
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  },
});
