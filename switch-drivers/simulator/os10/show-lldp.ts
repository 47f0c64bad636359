import type { SwitchModel } from '../model/switch-model.ts';

/** Subtypes in the words of OS10 (IEEE 802.1AB tables 8-2 and 8-3). */
const CHASSIS = [
  'Reserved',
  'Chassis component',
  'Interface alias',
  'Port component',
  'Mac address',
  'Network address',
];
const PORT = ['Reserved', 'Interface alias', 'Port component', 'Mac address', 'Network address', 'Interface name'];
const LOCAL = 'Locally assigned';

export function showLldpNeighbors(model: SwitchModel): string {
  const rows = model
    .neighbors()
    .map(({ portId, systemName, remotePortId, chassisId }) =>
      [portId.padEnd(20), (systemName ?? 'Not Advertised').padEnd(21), remotePortId.padEnd(31), chassisId].join(''),
    );
  const heading = 'Loc PortID          Rem Host Name        Rem Port Id                    Rem Chassis Id';
  return `${[heading, '-'.repeat(heading.length), ...rows].join('\n')}\n`;
}

export function showLldpNeighborsDetail(model: SwitchModel): string {
  return model
    .neighbors()
    .map(
      (neighbor) => `
Remote Chassis ID Subtype: ${CHASSIS[neighbor.chassisIdSubtype] ?? LOCAL} (${neighbor.chassisIdSubtype})
Remote Chassis ID: ${neighbor.chassisId}
Remote Port Subtype: ${PORT[neighbor.portIdSubtype] ?? LOCAL} (${neighbor.portIdSubtype})
Remote Port ID: ${neighbor.remotePortId}
Remote Port Description: Not Advertised
Local Port ID: ${neighbor.portId}
Locally assigned remote Neighbor Index: 4
Remote TTL: ${neighbor.ttl}
Information valid for next ${neighbor.ttl} seconds
Time since last information change of this neighbor: 00:00:10
Remote System Name: ${neighbor.systemName ?? 'Not Advertised'}
Remote System Desc: Not Advertised
Remote Max Frame Size: 0
Remote Aggregation Status: false
MAC PHY Configuration:
    Auto-neg supported: 0
    Auto-neg enabled: 0
${'-'.repeat(75)}
`,
    )
    .join('');
}
