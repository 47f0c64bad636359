import { dotted } from '../cli/mac-text.ts';
import type { SimNeighbor } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';

/** Subtypes that carry a MAC address (IEEE 802.1AB 8.5.2, 8.5.3). */
const CHASSIS_MAC = 4;
const PORT_MAC = 3;

const CAPABILITIES = `Capability codes:
  (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
  (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other
Device ID            Local Intf      Hold-time  Capability  Port ID  
`;

export function showLldpNeighbors(model: SwitchModel): string {
  const heard = model.neighbors();
  const rows = heard.map(({ portId, ...neighbor }) => {
    const device = neighbor.systemName ?? chassis(neighbor);
    // A long name stands on a line of its own.
    const name = device.length > 20 ? `${device}\n${' '.repeat(21)}` : device.padEnd(21);
    return `${name}${shortName(portId).padEnd(16)}${`${neighbor.ttl}`.padEnd(23)}${remotePort(neighbor)}`;
  });
  return `${CAPABILITIES}${rows.map((row) => `${row}\n`).join('')}Total entries displayed: ${heard.length}\n`;
}

export function showLldpNeighborsDetail(model: SwitchModel): string {
  const heard = model.neighbors();
  const blocks = heard.map(
    ({ portId, ...neighbor }) => `
Chassis id: ${chassis(neighbor)}
Port id: ${remotePort(neighbor)}
Local Port id: ${shortName(portId)}
Port Description: null
System Name: ${neighbor.systemName ?? 'null'}
System Description: null
Time remaining: ${neighbor.ttl} seconds
System Capabilities: not advertised
Enabled Capabilities: not advertised
Management Address: not advertised
Vlan ID: not advertised

`,
  );
  return `${CAPABILITIES}${blocks.join('')}Total entries displayed: ${heard.length}\n`;
}

function chassis({ chassisIdSubtype, chassisId }: SimNeighbor): string {
  return chassisIdSubtype === CHASSIS_MAC ? dotted(chassisId) : chassisId;
}

function remotePort({ portIdSubtype, remotePortId }: SimNeighbor): string {
  return portIdSubtype === PORT_MAC ? dotted(remotePortId) : remotePortId;
}
