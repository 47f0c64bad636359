import type { Line } from '../cli/line.ts';
import { piped } from '../cli/pipe.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import type { SimulatedDevice } from '../device.ts';
import { configText, switchVlanPart } from './running-config.ts';
import { showInterfaceBrief, showInterfaces, showLldpEntry, showMacTable, showVersion } from './show-tables.ts';

type Answer = string | Misfit;

/** `show ...`, filtered by what follows a bar. `line` begins behind the word show. */
export function show(device: SimulatedDevice, line: Line, privileged: boolean): Answer {
  return piped(line, ({ words }) => {
    const found = lookUp(table(device, privileged), words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  });
}

function table({ model }: SimulatedDevice, privileged: boolean): CommandTable<Answer> {
  const secrets: CommandTable<Answer> = [
    ['running-config', () => configText(model.running)],
    ['running-config switchvlan', () => switchVlanPart(model.running)],
    ['startup-config', () => configText(model.startup)],
  ];
  return [
    ['version', () => showVersion()],
    ['interface', () => showInterfaces(model)],
    ['interface brief', () => showInterfaceBrief(model)],
    ['lldp entry', () => showLldpEntry(model)],
    ['mac table', () => showMacTable(model)],
    ...(privileged ? secrets : []),
  ];
}
