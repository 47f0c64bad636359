import { dotted } from '../cli/mac-text.ts';
import type { SimNeighbor } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';

const CHASSIS_MAC = 4;
const PORT_MAC = 3;
/** IEEE 802.1AB tables 8-2 and 8-3 as ZXROS words the types that the simulator meets. */
const CHASSIS_TYPES: Record<number, string> = { 4: 'MAC address', 6: 'Interface name', 7: 'Local' };
const PORT_TYPES: Record<number, string> = { 3: 'MAC address', 5: 'Interface name', 7: 'Local' };

export function showVersion(): string {
  return `ZXR10 5960-32DL
ZTE ZXR10 Software, Version: 5960 V3.02.20.50, Release software
Copyright (c) 2020 by ZTE Corporation
System image file is <sysdisk0: verset/ZXR10_5960_V3.02.20.50.set>, file size is 329,753,128 Bytes
System image is loaded from local
System uptime is 23 day(s), 10 hour(s), 59 minute(s)
`;
}

export function showInterfaceBrief(model: SwitchModel): string {
  const rows = model.portIds.map((name) => {
    const { adminUp, description } = model.running.ports[name]!;
    const link = model.port(name).operUp ? 'up' : 'down';
    return [
      name.padEnd(23),
      'optical'.padEnd(10),
      'Duplex/full'.padEnd(12),
      '10G'.padEnd(5),
      (adminUp ? 'up' : 'down').padEnd(5),
      link.padEnd(5),
      link.padEnd(5),
      description ?? '',
    ].join(' ');
  });
  return `${['Interface               Attribute  Mode         BW    Admin Phy   Prot  Description', ...rows].join('\n')}\n`;
}

export function showInterfaces(model: SwitchModel): string {
  return model.portIds
    .map((name) => {
      const { adminUp, operUp } = model.port(name);
      return `${name} is ${adminUp ? 'up' : 'administratively down'}, line protocol is ${operUp ? 'up' : 'down'}
  The port is optical
  Hardware is XGigabit Ethernet, address is ${dotted(model.chassisMac)}
  MTU 1500 bytes  BW 10000000 Kbits
`;
    })
    .join('');
}

export function showLldpEntry(model: SwitchModel): string {
  const heard = model.neighbors();
  return heard.map(({ portId, ...neighbor }) => entry(portId, neighbor)).join('\n');
}

function entry(portId: string, neighbor: SimNeighbor): string {
  const { chassisIdSubtype, chassisId, portIdSubtype, remotePortId, systemName, ttl } = neighbor;
  return `------------------------------------------------
Local Port          : ${portId}
Group MAC address   : Nearest Bridge
Chassis ID          : ${chassisIdSubtype === CHASSIS_MAC ? dotted(chassisId) : chassisId} | ${CHASSIS_TYPES[chassisIdSubtype] ?? 'Local'}
Peer Port           : ${portIdSubtype === PORT_MAC ? dotted(remotePortId) : remotePortId} | ${PORT_TYPES[portIdSubtype] ?? 'Local'}
TTL                 : ${ttl}
Port Description    : NULL
System Name         : ${systemName ?? 'NULL'}
System Description  : NULL
`;
}

export function showMacTable(model: SwitchModel): string {
  const entries = model.macTable();
  const rows = entries.map(
    ({ mac, vlan, portId }) => `${dotted(mac)}   ${`${vlan}`.padEnd(5)} ${portId.padEnd(24)} Dynamic\n`,
  );
  return `Total MAC address : ${entries.length}

MAC              VLAN  Port                     Attribute
-------------------------------------------------------------------
${rows.join('')}`;
}
