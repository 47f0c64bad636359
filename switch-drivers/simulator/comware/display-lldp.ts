import type { SwitchModel } from '../model/switch-model.ts';
import { dashed } from '../vrp-family/list.ts';

/** IEEE 802.1AB tables 8-2 and 8-3, in the words of Comware. */
const CHASSIS: Record<number, string> = { 4: 'MAC address', 5: 'Network address', 6: 'Interface name' };
const PORT: Record<number, string> = { 3: 'MAC address', 4: 'Network address', 5: 'Interface name' };

export function displayLocalLldp({ chassisMac, running }: SwitchModel): string {
  return `Global LLDP local-information:
 Chassis type        : MAC address
 Chassis ID          : ${dashed(chassisMac)}
 System name         : ${running.hostname}
 System description  : HPE Comware Platform Software
 System capabilities supported : Bridge, Router
 System capabilities enabled   : Bridge, Router
`;
}

export function displayNeighbors(model: SwitchModel): string {
  const blocks = model.neighbors().map(
    (heard) => `LLDP neighbor-information of port ${model.portIds.indexOf(heard.portId) + 1}[${heard.portId}]:
LLDP agent nearest-bridge:
 LLDP neighbor index : 1
 Update time         : 0 days, 0 hours, 1 minutes, 46 seconds
 Chassis type        : ${CHASSIS[heard.chassisIdSubtype] ?? 'Locally assigned'}
 Chassis ID          : ${heard.chassisIdSubtype === 4 ? dashed(heard.chassisId) : heard.chassisId}
 Port ID type        : ${PORT[heard.portIdSubtype] ?? 'Locally assigned'}
 Port ID             : ${heard.portIdSubtype === 3 ? dashed(heard.remotePortId) : heard.remotePortId}
 Time to live        : ${heard.ttl}
${heard.systemName === null ? '' : ` System name         : ${heard.systemName}\n`}`,
  );
  return blocks.join('\n');
}
