import type { Capabilities } from '../contract/driver.ts';
import type { Trial } from './subject.ts';

/** What a driver can be relied on for; each level holds the ones before it. */
export const LEVELS = ['read', 'access', 'trunk', 'atomic'] as const;
export type Level = (typeof LEVELS)[number];

export interface Check {
  level: Level;
  /** What holds of the driver when the check passes. */
  name: string;
  /** Throws when it does not hold; the message says what was seen instead. */
  run(trial: Trial, seed: number): Promise<void>;
}

/** Does a driver say that it can do what a level is about? */
export function declares(capabilities: Capabilities, level: Level): boolean {
  if (level === 'access') return capabilities.modes.includes('access');
  if (level === 'trunk') return capabilities.modes.includes('trunk');
  return true;
}

/** Fails a check with what was seen, when anything was. */
export function expectNone(what: string, seen: readonly string[]): void {
  if (seen.length > 0) throw new Error(`${what}: ${seen.slice(0, 3).join('; ')}`);
}
