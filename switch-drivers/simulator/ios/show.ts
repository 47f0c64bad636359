import { type Line, wrongWord } from '../cli/line.ts';
import { piped } from '../cli/pipe.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import type { SimulatedDevice } from '../device.ts';
import { canonicalName } from './interface-names.ts';
import { showEtherchannelSummary, showInterfacesStatus } from './show-interfaces.ts';
import { showLldpNeighbors, showLldpNeighborsDetail } from './show-lldp.ts';
import { showSwitchport, showSwitchports } from './show-switchport.ts';
import {
  showMacTable,
  showRunningConfig,
  showRunningInterface,
  showStartupConfig,
  showVersion,
} from './show-system.ts';
import { showVlan, showVlanBrief } from './show-vlan.ts';

type Answer = string | Misfit;

/** `show ...`, filtered by what follows a bar. `line` begins behind the word show. */
export function show(device: SimulatedDevice, line: Line, privileged: boolean): Answer {
  return piped(line, ({ words }) => {
    const found = lookUp(table(device, privileged), words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  });
}

function table(device: SimulatedDevice, privileged: boolean): CommandTable<Answer> {
  const { model, knobs } = device;
  const switchport = (name: string) => showSwitchport(model, knobs, canonicalName(name)) ?? wrongWord(1);
  const running = (name: string) => showRunningInterface(device, canonicalName(name)) ?? wrongWord(2);
  const secrets: CommandTable<Answer> = [
    ['running-config', () => showRunningConfig(device)],
    ['running-config interface <name...>', ([name]) => running(name!)],
    ['startup-config', () => showStartupConfig(device)],
  ];
  return [
    ['version', () => showVersion(model)],
    ['vlan', () => showVlan(model)],
    ['vlan brief', () => showVlanBrief(model)],
    ['interfaces status', () => showInterfacesStatus(model)],
    ['interfaces switchport', () => showSwitchports(model, knobs)],
    ['interfaces <name> switchport', ([name]) => switchport(name!)],
    ['interfaces <kind> <number> switchport', ([kind, number]) => switchport(`${kind} ${number}`)],
    ['etherchannel summary', () => showEtherchannelSummary(model)],
    ['lldp neighbors', () => showLldpNeighbors(model)],
    ['lldp neighbors detail', () => showLldpNeighborsDetail(model)],
    ['mac address-table', () => showMacTable(model, false)],
    ['mac address-table dynamic', () => showMacTable(model, true)],
    ...(privileged ? secrets : []),
  ];
}
