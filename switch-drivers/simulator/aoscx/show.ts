import { type Line, wrongWord } from '../cli/line.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import type { SimulatedDevice } from '../device.ts';
import { canonicalName } from './interface-names.ts';
import { interfaceRows } from './running-config.ts';
import { showInterfaceBrief, showVlan } from './show-interfaces.ts';
import { showLldpDetail, showMacTable, showRunningConfig, showSystem, showVersion } from './show-system.ts';

type Answer = string | Misfit;

/** `show ...`; `line` begins behind the word show. */
export function show(device: SimulatedDevice, line: Line): Answer {
  const found = lookUp(table(device), line.words, 'strict');
  return found.kind === 'match' ? found.run() : found;
}

function table({ model }: SimulatedDevice): CommandTable<Answer> {
  const runningInterface = (text: string): Answer => {
    const name = canonicalName(text);
    if (name === null || !model.running.ports[name]) return wrongWord(2);
    return `${interfaceRows(model.running, name).join('\n')}\n    exit\n`;
  };
  return [
    ['version', () => showVersion()],
    ['system', () => showSystem(model)],
    ['vlan', () => showVlan(model)],
    ['interface brief', () => showInterfaceBrief(model)],
    ['lldp neighbor-info detail', () => showLldpDetail(model)],
    ['mac-address-table', () => showMacTable(model)],
    ['running-config', () => showRunningConfig(model.running)],
    ['running-config interface <name...>', ([name]) => runningInterface(name!)],
    ['startup-config', () => showRunningConfig(model.startup)],
  ];
}
