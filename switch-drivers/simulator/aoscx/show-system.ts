import type { SimConfig } from '../model/config.ts';
import type { SimNeighbor } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { configText } from './running-config.ts';

const VERSION = 'FL.10.10.1050';
const RULE = '-'.repeat(80);

export function showVersion(): string {
  return `${RULE}
ArubaOS-CX
(c) Copyright 2017-2023 Hewlett Packard Enterprise Development LP
${RULE}
Version      : ${VERSION}
Build Date   : 2023-01-30 18:05:46 UTC
Build ID     : ArubaOS-CX:${VERSION}:000000000000:202301301756
Build SHA    : 0000000000000000000000000000000000000000
Hot Patches  :
Active Image : primary

Service OS Version : FL.01.11.0001
BIOS Version       : FL.01.0002
`;
}

export function showSystem({ running, chassisMac }: SwitchModel): string {
  return `Hostname               : ${running.hostname}
System Description     : ${VERSION}
System Contact         :
System Location        :

Vendor                 : Aruba
Product Name           : JL668A 6300F 24G 4SFP56 Swch
Chassis Serial Nbr     : SG00SIM000
Base MAC Address       : ${chassisMac.replaceAll(':', '').replace(/^(.{6})/, '$1-')}
ArubaOS-CX Version     : ${VERSION}

Time Zone              : UTC

Up Time                : 3 weeks, 2 days, 4 hours, 1 minute
CPU Util (%)           : 3
Memory Usage (%)       : 21
`;
}

export function showRunningConfig(config: Readonly<SimConfig>): string {
  return configText(config);
}

export function showLldpDetail(model: SwitchModel): string {
  const heard = model.neighbors();
  return `LLDP Neighbor Information
=========================

Total Neighbor Entries          : ${heard.length}
Total Neighbor Entries Deleted  : 0
Total Neighbor Entries Dropped  : 0
Total Neighbor Entries Aged-Out : 0

${heard.map(({ portId, ...neighbor }) => neighborText(portId, neighbor)).join('')}`;
}

function neighborText(portId: string, { chassisId, remotePortId, systemName, ttl }: SimNeighbor): string {
  return `${RULE}
Port                           : ${portId}
Neighbor Entries               : 1
Neighbor Entries Deleted       : 0
Neighbor Entries Dropped       : 0
Neighbor Entries Aged-Out      : 0
Neighbor Chassis-Name          : ${systemName ?? ''}
Neighbor Chassis-Description   :
Neighbor Chassis-ID            : ${chassisId}
Neighbor Management-Address    :
Chassis Capabilities Available :
Chassis Capabilities Enabled   :
Neighbor Port-ID               : ${remotePortId}
Neighbor Port-Desc             :
Neighbor Port VLAN ID          :
TTL                            : ${ttl}

`;
}

export function showMacTable(model: SwitchModel): string {
  const entries = model.macTable();
  if (entries.length === 0) return 'No MAC entries found.\n';
  const rows = entries.map(
    ({ mac, vlan, portId }) => `${mac.padEnd(20)} ${`${vlan}`.padEnd(8)} ${'dynamic'.padEnd(25)} ${portId}\n`,
  );
  return `MAC age-time            : 300 seconds
Number of MAC addresses : ${entries.length}

MAC Address          VLAN     Type                      Port
--------------------------------------------------------------
${rows.join('')}`;
}
