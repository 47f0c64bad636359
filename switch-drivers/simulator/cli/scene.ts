import type { Knobs } from '../device.ts';
import type { SimConfig, SimVlan } from '../model/config.ts';
import type { Misfit } from './words.ts';

/** What a configuration line works on. */
export interface Scene {
  config: SimConfig;
  knobs: Knobs;
}

/** VLANs being edited; on some platforms what is set takes effect only when their block is left. */
export interface VlanBlock {
  kind: 'vlan';
  ids: number[];
  edits: Partial<SimVlan>;
}

/** Which block of the configuration the lines that follow go into. */
export type Context =
  | { kind: 'top' }
  | { kind: 'interface'; name: string }
  | VlanBlock
  | { kind: 'other'; name: string };

/** What a configuration line printed and where it led: `left` is out of the configuration mode. */
export type Outcome = { kind: 'done'; output: string; context?: Context | 'left' } | Misfit;

export function done(output = ''): Outcome {
  return { kind: 'done', output };
}

export function go(context: Context | 'left', output = ''): Outcome {
  return { kind: 'done', output, context };
}
