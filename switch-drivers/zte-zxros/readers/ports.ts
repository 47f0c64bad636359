import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { portTable } from '../../transports/ssh-cli/port-table.ts';
import { isSwitchPort } from '../port-names.ts';
import { readConfig } from './config.ts';
import { interfaceBrief } from './interface-brief.ts';
import { foreignSettings, portConfig, vlanConfig } from './port-config.ts';

/** Parts of ZXROS's configuration that say what ports are; the others hold secrets, too. */
const PART = /^\s*!<(\/?)(if-intf|switchvlan|lacp|qinq|svlan|vlan-translation|pvlan|super-?vlan|mac-vlan|dot1x)>$/;

export const ports: Reader<PortTable> = {
  commands: ['show interface brief', 'show running-config'],
  read([statusText = '', text = '']) {
    const config = parts(text);
    const status = interfaceBrief.read(statusText);
    const foreign = foreignSettings(config);
    // ROS, the older system, sets VLANs in the blocks of the ports, and is not written.
    const ros = status.rows.map(({ portId }) => portId).filter((portId) => portId.includes('_'));
    for (const portId of ros) foreign.set(portId, ['the name of a port of ROS']);
    return portTable({
      config: portConfig.read(config),
      status,
      vlans: { rows: vlanConfig.read(config).rows, unparsed: [] },
      foreign,
      blocks: new Map([...readConfig(config).ports].map(([portId, { lines }]) => [portId, lines])),
      isSwitchPort,
    });
  },
};

function parts(text: string): string {
  let inside = false;
  return text
    .split(/\r?\n/)
    .filter((row) => {
      const [, slash] = PART.exec(row.trimEnd()) ?? [];
      if (slash === undefined) return inside;
      inside = slash === '';
      return true;
    })
    .join('\n');
}
