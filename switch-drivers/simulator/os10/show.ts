import { type Line, wrongWord } from '../cli/line.ts';
import { type Filters, from, piped } from '../cli/pipe.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import type { SimulatedDevice } from '../device.ts';
import { canonicalName } from './interface-names.ts';
import { configText, interfaceText } from './running-config.ts';
import { showLldpNeighbors, showLldpNeighborsDetail } from './show-lldp.ts';
import { showInterfaceStatus, showVlan } from './show-ports.ts';
import { showMacTable, showSystem, showVersion } from './show-system.ts';

type Answer = string | Misfit;

/** SmartFabric OS10 User Guide: "Filter show commands". */
const filters: Filters = (matching) => [
  ['grep <regex...>', () => (rows) => rows.filter(matching)],
  ['except <regex...>', () => (rows) => rows.filter((row) => !matching(row))],
  ['find <regex...>', () => (rows) => from(rows, matching)],
  ['no-more', () => (rows) => rows],
];

/** `show ...`, filtered by what follows a bar. `line` begins behind the word show. */
export function show(device: SimulatedDevice, line: Line): Answer {
  const answer = ({ words }: Line): Answer => {
    const found = lookUp(table(device), words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  };
  return piped(line, answer, filters);
}

function table({ model }: SimulatedDevice): CommandTable<Answer> {
  const block = (name: string) => interfaceText(model.running, canonicalName(name)) ?? wrongWord(2);
  return [
    ['version', () => showVersion()],
    ['system', () => showSystem(model)],
    ['vlan', () => showVlan(model)],
    ['interface status', () => showInterfaceStatus(model)],
    ['lldp neighbors', () => showLldpNeighbors(model)],
    ['lldp neighbors detail', () => showLldpNeighborsDetail(model)],
    ['mac address-table', () => showMacTable(model)],
    ['running-configuration', () => configText(model.running)],
    ['running-configuration interface', () => interfaceText(model.running) ?? ''],
    ['running-configuration interface <name...>', ([name]) => block(name!)],
    ['startup-configuration', () => configText(model.startup)],
  ];
}
