import type { SimulatedDevice } from '../device.ts';
import { lldpcli } from '../linux/personality.ts';
import type { CommandResult, HostPersonality } from '../ssh/exec-server.ts';
import { config } from './config.ts';
import { configDb, interfacesStatus, macTable, version } from './show.ts';

/** SONiC of a release in which ports have modes; out of the box they are routed. */
export const sonic: HostPersonality = {
  platform: 'sonic',
  factory: { mode: 'trunk', allowed: [], nativeVlan: 'tag', extra: ['mode routed'] },
  refusal: 'Error: Interface name is invalid!!',
  portNames: (count) => Array.from({ length: count }, (_, index) => `Ethernet${index * 4}`),
  run,
};

function run(device: SimulatedDevice, words: readonly string[], root: boolean): CommandResult | Promise<CommandResult> {
  const { model } = device;
  if (words[0] === 'lldpcli') return lldpcli(model, words, root);
  if (words[0] === 'config') {
    return root
      ? config(device, words.slice(1))
      : { status: 1, complaint: 'Root privileges are required for this operation\n' };
  }
  const answers: Record<string, () => string> = {
    'sonic-cfggen -d --print-data': () => configDb(model),
    'show interfaces status': () => interfacesStatus(model),
    'show mac': () => macTable(model),
    'show version': version,
  };
  const command = words.join(' ');
  const answer = Object.hasOwn(answers, command) ? answers[command] : undefined;
  if (answer) return { status: 0, output: answer() };
  return {
    status: 2,
    complaint: `Usage: ${words[0]} [OPTIONS] COMMAND [ARGS]...\n\nError: No such command "${words[1] ?? ''}".\n`,
  };
}
