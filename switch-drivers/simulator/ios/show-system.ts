import { dotted } from '../cli/mac-text.ts';
import type { SimulatedDevice } from '../device.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';
import { configText, interfaceBlock } from './running-config.ts';

const VERSION = '16.12.4';
const HARDWARE = 'C9300-24T';
const NVRAM_BYTES = 2_097_152;

export function showVersion({ chassisMac, portIds, running }: SwitchModel): string {
  return `Cisco IOS XE Software, Version 16.12.04
Cisco IOS Software [Gibraltar], Catalyst L3 Switch Software (CAT9K_IOSXE), Version ${VERSION}, RELEASE SOFTWARE (fc5)

ROM: IOS-XE ROMMON

${running.hostname} uptime is 3 weeks, 2 days, 4 hours, 1 minute
System returned to ROM by Reload Command
System image file is "flash:packages.conf"

cisco ${HARDWARE} (X86) processor with 1343703K/6147K bytes of memory.
Processor board ID SIM0000A000
${portIds.length} Gigabit Ethernet interfaces
2048K bytes of non-volatile configuration memory.

Base Ethernet MAC Address          : ${chassisMac}
Model Number                       : ${HARDWARE}
System Serial Number               : SIM0000A000

Switch Ports Model              SW Version        SW Image              Mode
------ ----- -----              ----------        ----------            ----
*    1 ${`${portIds.length}`.padEnd(5)} ${HARDWARE.padEnd(18)} ${VERSION.padEnd(17)} CAT9K_IOSXE           INSTALL

Configuration register is 0x102

`;
}

export function showRunningConfig({ model, knobs }: SimulatedDevice): string {
  return built(configText(model.running, knobs));
}

/** Null when there is no such interface. */
export function showRunningInterface({ model }: SimulatedDevice, name: string | null): string | null {
  if (name === null || !model.running.ports[name]) return null;
  return built(`!\n${interfaceBlock(model.running, name)}\nend\n`);
}

export function showStartupConfig({ model, knobs }: SimulatedDevice): string {
  const text = configText(model.startup, knobs);
  return `Using ${text.length} out of ${NVRAM_BYTES} bytes\n${text}\n`;
}

function built(text: string): string {
  return `Building configuration...\n\nCurrent configuration : ${text.length} bytes\n${text}\n`;
}

/** The group addresses that the switch itself listens to stand in the table of every Catalyst. */
const OWN_ADDRESSES = ['0100.0ccc.cccc', '0100.0ccc.cccd', '0180.c200.0000', 'ffff.ffff.ffff'];

export function showMacTable(model: SwitchModel, dynamicOnly: boolean): string {
  const rows = [
    ...(dynamicOnly ? [] : OWN_ADDRESSES.map((mac) => ` All    ${mac}    STATIC      CPU`)),
    ...model
      .macTable()
      .map(({ vlan, mac, portId }) => `${`${vlan}`.padStart(4)}    ${dotted(mac)}    DYNAMIC     ${shortName(portId)}`),
  ];
  return `          Mac Address Table
-------------------------------------------

Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
${rows.map((row) => `${row}\n`).join('')}Total Mac Addresses for this criterion: ${rows.length}
`;
}
