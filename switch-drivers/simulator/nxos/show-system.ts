import { dotted } from '../cli/mac-text.ts';
import { portMac } from '../model/lldp.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';

export function showVersion({ running }: SwitchModel): string {
  return `Cisco Nexus Operating System (NX-OS) Software
TAC support: http://www.cisco.com/tac
All rights reserved.

Software
  BIOS: version 05.45
  NXOS: version 9.3(10)
  BIOS compile time:  07/05/2021
  NXOS image file is: bootflash:///nxos.9.3.10.bin
  NXOS compile time:  7/18/2022 5:00:00 [07/18/2022 13:02:17]

Hardware
  cisco Nexus9000 C93180YC-EX chassis
  Intel(R) Xeon(R) CPU  @ 1.80GHz with 24570528 kB of memory.
  Processor Board ID SIM0000A000

  Device name: ${running.hostname}
  bootflash:   53298520 kB
Kernel uptime is 23 day(s), 4 hour(s), 1 minute(s), 9 second(s)

Last reset
  Reason: Unknown
  System version: 9.3(10)
  Service:

plugin
  Core Plugin, Ethernet Plugin

Active Package(s):

`;
}

export function showMacAddresses({ chassisMac, portIds }: SwitchModel): string {
  const rule = '-'.repeat(64);
  const row = (name: string, mac: string) => `${name.padEnd(27)}${dotted(mac)}  ${dotted(mac)}`;
  return [
    '',
    rule,
    `${'Interface'.padEnd(27)}Mac-Address     Burn-in Mac-Address`,
    rule,
    row('mgmt0', chassisMac),
    ...portIds.map((name, index) => row(name, portMac(chassisMac, index + 1))),
    row('Vlan1', chassisMac),
    '',
  ].join('\n');
}

export function showMacTable(model: SwitchModel, dynamicOnly: boolean): string {
  const own = `G    -     ${dotted(model.chassisMac)}   static   -         F      F    sup-eth1(R)\n`;
  const rows = model
    .macTable()
    .map(
      ({ vlan, mac, portId }) =>
        `* ${`${vlan}`.padStart(4)}     ${dotted(mac)}   dynamic  0         F      F    ${shortName(portId)}\n`,
    );
  return `Legend:
        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC
        age - seconds since last seen,+ - primary entry using vPC Peer-Link,
        (T) - True, (F) - False, C - ControlPlane MAC, ~ - vsan
   VLAN     MAC Address      Type      age     Secure NTFY Ports
---------+-----------------+--------+---------+------+----+------------------
${dynamicOnly ? '' : own}${rows.join('')}`;
}
