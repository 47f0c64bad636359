import { dotted } from '../cli/mac-text.ts';
import type { SimNeighbor } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';

/** Subtypes that carry a MAC address (IEEE 802.1AB 8.5.2, 8.5.3). */
const CHASSIS_MAC = 4;
const PORT_MAC = 3;

export function showLldpNeighbors(model: SwitchModel): string {
  const heard = model.neighbors();
  const rows = heard.map(({ portId, ...neighbor }) =>
    [
      // A long name leaves no blank before the next column.
      (neighbor.systemName ?? chassis(neighbor)).slice(0, 20).padEnd(20),
      shortName(portId).padEnd(15),
      `${neighbor.ttl}`.padEnd(11),
      ''.padEnd(16),
      remotePort(neighbor),
    ].join(''),
  );
  return `Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID           Local Intf     Hold-time  Capability      Port ID
${rows.map((row) => `${row}\n`).join('')}
Total entries displayed: ${heard.length}

`;
}

export function showLldpNeighborsDetail(model: SwitchModel): string {
  const heard = model.neighbors();
  const blocks = heard.map(
    ({ portId, ...neighbor }) => `------------------------------------------------
Local Intf: ${shortName(portId)}
Chassis id: ${chassis(neighbor)}
Port id: ${remotePort(neighbor)}
Port Description - not advertised
System Name${neighbor.systemName === null ? ' - not advertised' : `: ${neighbor.systemName}`}

System Description - not advertised

Time remaining: ${neighbor.ttl} seconds
System Capabilities - not advertised
Enabled Capabilities - not advertised
Management Addresses - not advertised
Auto Negotiation - not supported
Physical media capabilities - not advertised
Media Attachment Unit type - not advertised
Vlan ID: - not advertised

`,
  );
  return `${blocks.join('')}\nTotal entries displayed: ${heard.length}\n\n`;
}

function chassis({ chassisIdSubtype, chassisId }: SimNeighbor): string {
  return chassisIdSubtype === CHASSIS_MAC ? dotted(chassisId) : chassisId;
}

function remotePort({ portIdSubtype, remotePortId }: SimNeighbor): string {
  return portIdSubtype === PORT_MAC ? dotted(remotePortId) : remotePortId;
}
