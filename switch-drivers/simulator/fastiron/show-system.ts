import { dotted } from '../cli/mac-text.ts';
import type { SimNeighbor } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';
import { VERSION } from './running-config.ts';

const CHASSIS_MAC = 4;

/** IEEE 802.1AB tables 8-2 and 8-3, from subtype 1. */
const CHASSIS_TYPES = [
  'chassis component',
  'interface alias',
  'port component',
  'MAC address',
  'network address',
  'interface name',
  'locally assigned',
];
const PORT_TYPES = [
  'interface alias',
  'port component',
  'MAC address',
  'network address',
  'interface name',
  'agent circuit id',
  'locally assigned',
];

export function showVersion(): string {
  return `  Copyright (c) Ruckus Networks, Inc. All rights reserved.
    UNIT 1: compiled on Feb 19 2019 at 13:48:49 labeled as SPS08090
      (28575972 bytes) from Primary SPS08090.bin (UFI)
        SW: Version ${VERSION}
      Compressed Primary Boot Code size = 786944, Version:10.1.15T225 (mnz10115)
       Compiled on Thu Jan 31 01:08:55 2019

  HW: Stackable ICX7150-24
==========================================================================
UNIT 1: SL 1: ICX7150-24-2X10G_2X1G 24-port Management Module
      Serial  #:SIM0000A000
      Software Package: BASE_SOFT_PACKAGE
      Current License: 2X10G
==========================================================================
 1000 MHz ARM processor ARMv7 88 MHz bus
 8192 KB boot flash memory
 2048 MB code flash memory
 1024 MB DRAM
STACKID 1  system uptime is 24 day(s) 4 hour(s) 11 minute(s) 1 second(s)
The system started at 18:28:15 Central Fri Dec 31 1999

The system : started=cold start
My stack unit ID = 1, bootup role = active
`;
}

export function showLldpDetail(model: SwitchModel): string {
  const heard = model.neighbors();
  if (heard.length === 0) return 'No neighbors found.\n';
  return heard.map(({ portId, ...neighbor }) => neighborText(portId, neighbor)).join('\n');
}

function neighborText(portId: string, neighbor: SimNeighbor): string {
  const { chassisIdSubtype, chassisId, portIdSubtype, remotePortId, systemName, ttl } = neighbor;
  const id = (type: string | undefined, value: string) =>
    type === 'MAC address' ? `(${type}): ${dotted(value)}` : `(${type ?? 'unknown'}): "${value}"`;
  const rows = [
    `Local port: ${shortName(portId)}`,
    `  Neighbor: ${chassisIdSubtype === CHASSIS_MAC ? dotted(chassisId) : chassisId}, TTL ${ttl} seconds`,
    `    + Chassis ID ${id(CHASSIS_TYPES[chassisIdSubtype - 1], chassisId)}`,
    `    + Port ID ${id(PORT_TYPES[portIdSubtype - 1], remotePortId)}`,
    `    + Time to live: ${ttl} seconds`,
    ...(systemName === null ? [] : [`    + System name         : "${systemName}"`]),
  ];
  return `${rows.join('\n')}\n`;
}

/** What the switch itself announces, port by port. */
export function showLldpLocal({ portIds, chassisMac, running }: SwitchModel): string {
  return portIds
    .map(
      (portId) => `Local port: ${shortName(portId)}
  + Chassis ID (MAC address): ${dotted(chassisMac)}
  + Port ID (interface name): "${portId}"
  + Time to live: 120 seconds
  + System name: "${running.hostname}"
`,
    )
    .join('\n');
}

export function showMacTable(model: SwitchModel): string {
  const entries = model.macTable();
  const rows = entries.map(
    ({ mac, vlan, portId }) => `${dotted(mac)}  ${shortName(portId).padEnd(20)} ${'Dynamic'.padEnd(12)} ${vlan}\n`,
  );
  return `Total active entries from all ports = ${entries.length}
MAC-Address     Port                 Type         VLAN
${rows.join('')}`;
}
