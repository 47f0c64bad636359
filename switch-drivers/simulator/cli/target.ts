import type { SimPortConfig } from '../model/config.ts';
import { done, type Outcome } from './scene.ts';
import type { CommandTable } from './words.ts';

/** An interface being configured; what is set on a port channel is also set on its members. */
export interface Target {
  name: string;
  own: SimPortConfig;
  all: SimPortConfig[];
}

export type Row = CommandTable<Outcome>[number];

/** A `no` form: taken with and without what it negates. */
export function negated(pattern: string, run: () => Outcome, no = 'no'): Row[] {
  return [
    [`${no} ${pattern}`, run],
    [`${no} ${pattern} <rest...>`, run],
  ];
}

export function set({ all }: Target, values: Partial<SimPortConfig>): Outcome {
  for (const port of all) Object.assign(port, structuredClone(values));
  return done();
}

/** Replaces the lines kept as they are that begin with `prefix`; null only drops them. */
export function keep({ all }: Target, prefix: string, row: string | null): Outcome {
  for (const port of all) {
    const others = port.extra.filter((text) => text !== prefix && !text.startsWith(`${prefix} `));
    port.extra = row === null ? others : [...others, row];
  }
  return done();
}
