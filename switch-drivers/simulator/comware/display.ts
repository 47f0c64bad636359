import type { Login } from '../cli/grammar.ts';
import { wrongWord } from '../cli/line.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { dashed } from '../vrp-family/list.ts';
import { interfaceBlock, joined } from '../vrp-family/port-block.ts';
import { displayInterfaceBrief } from './display-interfaces.ts';
import { displayLocalLldp, displayNeighbors } from './display-lldp.ts';
import { displayVlanAll, displayVlanBrief } from './display-vlan.ts';
import { comware, portBlocks } from './vendor.ts';

/** What follows `display`. */
export function display({ device }: Login): CommandTable<string | Misfit> {
  const { model } = device;
  return [
    ['version', () => displayVersion(model)],
    ['vlan brief', () => displayVlanBrief(model)],
    ['vlan all', () => displayVlanAll(model)],
    ['interface brief', () => displayInterfaceBrief(model)],
    ['current-configuration', () => comware.configText(model.running)],
    ['current-configuration interface', () => joined(portBlocks(model.running))],
    ['current-configuration interface <name...>', ([name]) => oneInterface(model, name!)],
    ['saved-configuration', () => comware.configText(model.startup)],
    ['lldp local-information', () => displayLocalLldp(model)],
    ['lldp local-information global', () => displayLocalLldp(model)],
    ['lldp neighbor-information verbose', () => displayNeighbors(model)],
    ['mac-address', () => displayMacs(model)],
    ['mac-address dynamic', () => displayMacs(model)],
  ];
}

function oneInterface({ running }: SwitchModel, text: string): string | Misfit {
  const name = comware.names.canonical(text);
  return (name === null ? null : interfaceBlock(portBlocks(running), name)) ?? wrongWord(2);
}

function displayVersion({ portIds }: SwitchModel): string {
  return `HPE Comware Software, Version 7.1.070, Release 2612P01
Copyright (c) 2010-2018 Hewlett Packard Enterprise Development LP
HPE 5900AF-48XG-4QSFP+ Switch uptime is 3 weeks, 2 days, 4 hours, 1 minute
Last reboot reason : User reboot

Boot image: flash:/5900_5920-cmw710-boot-r2612p01.bin
Boot image version: 7.1.070, Release 2612P01
  Compiled Jun 01 2018 15:00:00

Slot 1:
Uptime is 3 weeks,2 days,4 hours,1 minute
5900AF-48XG-4QSFP+ Switch with 2 Processors
BOARD TYPE:         5900AF-48XG-4QSFP+ Switch
DRAM:               2048M bytes
Bootrom Version:    147
Reboot Cause  :     UserReboot
[SubSlot 0] ${portIds.length}SFP Plus
`;
}

function displayMacs(model: SwitchModel): string {
  const rows = model
    .macTable()
    .map(
      ({ mac, vlan, portId }) =>
        `${dashed(mac)}   ${`${vlan}`.padEnd(10)} ${'Learned'.padEnd(16)} ${comware.names.short(portId).padEnd(24)} Y`,
    );
  if (rows.length === 0) return 'No mac address found.\n';
  return `MAC Address      VLAN ID    State            Port/Nickname            Aging\n${rows.join('\n')}\n`;
}
