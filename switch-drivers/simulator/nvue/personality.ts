import type { SimulatedDevice } from '../device.ts';
import { kernelState, lldpcli } from '../linux/personality.ts';
import type { CommandResult, HostPersonality } from '../ssh/exec-server.ts';
import { factory } from './domain.ts';
import { Nvue } from './nv.ts';

const BRIDGE = 'br_default';

/** Cumulus Linux whose ports are all in the bridge. */
export const nvue: HostPersonality = {
  platform: 'cumulus-nvue',
  factory,
  refusal: 'Error: Invalid parameter',
  portNames: (count) => Array.from({ length: count }, (_, index) => `swp${index + 1}`),
  run,
};

const revisions = new WeakMap<SimulatedDevice, Nvue>();

function run(device: SimulatedDevice, words: readonly string[], root: boolean): CommandResult | Promise<CommandResult> {
  const { model } = device;
  const shown = kernelState(model, words.join(' '), BRIDGE);
  if (shown !== null) return { status: 0, output: shown };
  if (words[0] === 'lldpcli') return lldpcli(model, words, root);
  if (words[0] === 'nv') return nvueOf(device).run(words.slice(1));
  return { status: 127, complaint: `-bash: line 1: ${words[0]}: command not found\n` };
}

function nvueOf(device: SimulatedDevice): Nvue {
  const known = revisions.get(device);
  if (known) return known;
  const fresh = new Nvue(device);
  device.onReboot(() => fresh.forget());
  revisions.set(device, fresh);
  return fresh;
}
