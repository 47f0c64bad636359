import { type Line, wrongWord } from '../cli/line.ts';
import { piped } from '../cli/pipe.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import type { SimulatedDevice } from '../device.ts';
import { canonicalName } from './interface-names.ts';
import { configText, interfaceText } from './running-config.ts';
import { showInterfaceStatus, showPortChannelSummary } from './show-interface.ts';
import { showLldpNeighbors, showLldpNeighborsDetail } from './show-lldp.ts';
import { showSwitchports } from './show-switchport.ts';
import { showMacAddresses, showMacTable, showVersion } from './show-system.ts';
import { showVlan, showVlanBrief } from './show-vlan.ts';

type Answer = string | Misfit;

/** `show ...`, filtered by what follows a bar. `line` begins behind the word show. */
export function show(device: SimulatedDevice, line: Line): Answer {
  return piped(line, ({ words }) => {
    const found = lookUp(table(device), words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  });
}

function table({ model }: SimulatedDevice): CommandTable<Answer> {
  const { running } = model;
  const blocks = 'show running-config interface';
  return [
    ['version', () => showVersion(model)],
    ['vlan', () => showVlan(model)],
    ['vlan brief', () => showVlanBrief(model)],
    ['interface status', () => showInterfaceStatus(model)],
    ['interface switchport', () => showSwitchports(model)],
    ['interface <name> switchport', ([name]) => showSwitchports(model, canonicalName(name!)) || wrongWord(1)],
    ['interface mac-address', () => showMacAddresses(model)],
    ['port-channel summary', () => showPortChannelSummary(model)],
    ['lldp neighbors', () => showLldpNeighbors(model)],
    ['lldp neighbors detail', () => showLldpNeighborsDetail(model)],
    ['mac address-table', () => showMacTable(model, false)],
    ['mac address-table dynamic', () => showMacTable(model, true)],
    ['running-config', () => configText(running, 'show running-config')],
    ['running-config interface', () => interfaceText(running, blocks, null) ?? wrongWord(1)],
    [
      'running-config interface <name...>',
      ([name]) => interfaceText(running, `${blocks} ${name}`, canonicalName(name!) ?? '') ?? wrongWord(2),
    ],
    ['startup-config', () => configText(model.startup, 'show startup-config')],
  ];
}
