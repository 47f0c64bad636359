import type { Misfit } from '../cli/words.ts';
import type { Knobs } from '../device.ts';
import type { SimConfig, SimVlan } from '../model/config.ts';

/** What a configuration line works on. */
export interface Scene {
  config: SimConfig;
  knobs: Knobs;
}

/** VLANs being edited. Cisco's command reference: what is set in config-vlan mode takes effect on leaving the mode. */
export interface PendingVlans {
  kind: 'vlan';
  ids: number[];
  edits: Partial<SimVlan>;
}

/** Which block of the configuration the lines that follow go into. */
export type Context = { kind: 'top' } | { kind: 'interface'; name: string } | PendingVlans;

/** What a configuration line printed and where it led: `left` is out of the configuration mode. */
export type Outcome = { kind: 'done'; output: string; context?: Context | 'left' } | Misfit;

/** Mode of a port out of the box. */
export const FACTORY_MODE = 'dynamic auto';

export function done(output = ''): Outcome {
  return { kind: 'done', output };
}

export function go(context: Context | 'left', output = ''): Outcome {
  return { kind: 'done', output, context };
}
