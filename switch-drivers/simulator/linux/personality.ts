import type { SimulatedDevice } from '../device.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import type { CommandResult, HostPersonality } from '../ssh/exec-server.ts';
import { bridgeVlan } from './bridge.ts';
import { setLink, showBridgeVlans, showFdb, showLinks } from './links.ts';
import { showChassis, showNeighbors } from './lldpcli.ts';

const BRIDGE = 'br0';

/** A Linux host whose only bridge filters VLANs; its ports have VLAN 1 until they are told otherwise. */
export const linuxBridge: HostPersonality = {
  platform: 'linux-bridge',
  factory: { mode: 'trunk', allowed: [1], extra: ['Egress 1'] },
  refusal: 'RTNETLINK answers: Operation not supported',
  portNames: (count) => Array.from({ length: count }, (_, index) => `swp${index + 1}`),
  run,
};

function run({ model }: SimulatedDevice, words: readonly string[], root: boolean): CommandResult {
  const command = words.join(' ');
  const shown = kernelState(model, command, BRIDGE);
  if (shown !== null) return { status: 0, output: shown };
  if (words[0] === 'lldpcli') return lldpcli(model, words, root);
  const [program, object, action, ...rest] = words;
  const changes = (program === 'ip' && object === 'link') || (program === 'bridge' && object === 'vlan');
  if (!changes) return { status: 127, complaint: `bash: line 1: ${program}: command not found\n` };
  if (!root) return { status: 2, complaint: 'RTNETLINK answers: Operation not permitted\n' };
  if (program === 'bridge') return bridgeVlan(model, [action ?? '', ...rest]);
  const [dev, portId = '', state = ''] = rest;
  if (action !== 'set' || dev !== 'dev') return { status: 255, complaint: 'Error: argument is wrong.\n' };
  return setLink(model, portId, state);
}

/** What the kernel tells of itself and its bridge; null: the command is another one. */
export function kernelState(model: SwitchModel, command: string, bridge: string): string | null {
  if (command === 'uname -n') return `${model.running.hostname}\n`;
  if (command === 'uname -r') return '6.1.0-28-amd64\n';
  if (command === 'ip -j -d link show') return showLinks(model, bridge);
  if (command === 'bridge -j vlan show') return showBridgeVlans(model, bridge);
  return command === 'bridge -j fdb show' ? showFdb(model, bridge) : null;
}

export function lldpcli(model: SwitchModel, words: readonly string[], root: boolean): CommandResult {
  if (!root) return { status: 1, complaint: 'unable to connect to socket /run/lldpd.socket\n' };
  const what = words.slice(1).join(' ');
  if (what === '-f json0 show neighbors details') return { status: 0, output: showNeighbors(model) };
  if (what === '-f json0 show chassis') return { status: 0, output: showChassis(model) };
  return { status: 1, complaint: `unknown command from argument 1: ${what}\n` };
}
