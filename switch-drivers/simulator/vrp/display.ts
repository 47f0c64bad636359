import type { Login } from '../cli/grammar.ts';
import { wrongWord } from '../cli/line.ts';
import type { CommandTable, Misfit } from '../cli/words.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { dashed } from '../vrp-family/list.ts';
import { interfaceBlock, joined } from '../vrp-family/port-block.ts';
import type { Vendor } from '../vrp-family/vendor.ts';
import { displayInterfaceBrief, displayPortVlan } from './display-interfaces.ts';
import { displayLocalLldp, displayNeighbors } from './display-lldp.ts';
import { displayVlan } from './display-vlan.ts';
import { portBlocks } from './vendor.ts';

/** What follows `display`; `version` is printed as it stands. */
export function display(vendor: Vendor, version: string, { device }: Login): CommandTable<string | Misfit> {
  const { model } = device;
  const blocks = () => portBlocks(model.running, vendor.factoryMode);
  const one = (text: string): string | Misfit => {
    const name = vendor.names.canonical(text);
    return (name === null ? null : interfaceBlock(blocks(), name)) ?? wrongWord(2);
  };
  return [
    ['version', () => version],
    ['vlan', () => displayVlan(model, vendor)],
    ['interface brief', () => displayInterfaceBrief(model, vendor)],
    ['port vlan', () => displayPortVlan(model, vendor)],
    ['current-configuration', () => vendor.configText(model.running)],
    ['current-configuration interface', () => joined(blocks())],
    ['current-configuration interface <name...>', ([name]) => one(name!)],
    ['saved-configuration', () => vendor.configText(model.startup)],
    ['lldp local', () => displayLocalLldp(model)],
    ['lldp neighbor', () => displayNeighbors(model)],
    ['mac-address', () => displayMacs(model, vendor)],
    ['mac-address dynamic', () => displayMacs(model, vendor)],
  ];
}

const RULER = '-'.repeat(79);

function displayMacs(model: SwitchModel, { names }: Vendor): string {
  const rows = model
    .macTable()
    .map(
      ({ mac, vlan, portId }) =>
        `${dashed(mac)} ${`${vlan}/-/-`.padEnd(33)} ${names.short(portId).padEnd(19)} dynamic\n`,
    );
  return `${RULER}
MAC Address    VLAN/VSI/BD                       Learned-From        Type
${RULER}
${rows.join('')}
${RULER}
Total items displayed = ${rows.length}
`;
}
