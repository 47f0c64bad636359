import { type Line, wrongWord } from '../cli/line.ts';
import { piped } from '../cli/pipe.ts';
import { type CommandTable, lookUp, type Misfit } from '../cli/words.ts';
import type { SimulatedDevice } from '../device.ts';
import { configText, vlanPart } from './running-config.ts';
import { showInterfacesBrief, showVlans } from './show-interfaces.ts';
import { showLldpDetail, showLldpLocal, showMacTable, showVersion } from './show-system.ts';

type Answer = string | Misfit;

/** `show ...`, filtered by what follows a bar. `line` begins behind the word show. */
export function show(device: SimulatedDevice, line: Line, privileged: boolean): Answer {
  return piped(line, ({ words }) => {
    const found = lookUp(table(device, privileged), words, 'strict');
    return found.kind === 'match' ? found.run() : found;
  });
}

function table({ model }: SimulatedDevice, privileged: boolean): CommandTable<Answer> {
  const { running, startup } = model;
  const oneVlan = (text: string): Answer => {
    const id = Number(text);
    return running.vlans[id] ? showVlans(model, [id]) : wrongWord(1);
  };
  const secrets: CommandTable<Answer> = [
    ['running-config', () => configText(running)],
    [
      'running-config vlan',
      () =>
        Object.keys(running.vlans)
          .map((id) => `${vlanPart(running, Number(id))}\n!\n`)
          .join(''),
    ],
    ['configuration', () => configText(startup)],
  ];
  return [
    ['version', () => showVersion()],
    ['vlan', () => showVlans(model, Object.keys(running.vlans).map(Number))],
    ['vlan <id>', ([id]) => oneVlan(id!)],
    ['interfaces brief', () => showInterfacesBrief(model)],
    ['lldp neighbors detail', () => showLldpDetail(model)],
    ['lldp local-info', () => showLldpLocal(model)],
    ['mac-address', () => showMacTable(model)],
    ...(privileged ? secrets : []),
  ];
}
