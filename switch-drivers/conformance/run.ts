import { messageOf } from '../../topology/error/fabric-error.ts';
import { type Check, declares, LEVELS, type Level } from './check.ts';
import { atomicChecks } from './fault-checks.ts';
import { moveChecks } from './move-checks.ts';
import { readChecks } from './read-checks.ts';
import type { Trial } from './subject.ts';

export interface CheckResult {
  level: Level;
  name: string;
  outcome: 'passed' | 'failed' | 'not declared';
  /** What was seen instead; null when it passed. */
  detail: string | null;
}

export interface ConformanceReport {
  platform: string;
  title: string;
  /** The highest level at which it and everything below passed; null: not even `read`. */
  level: Level | null;
  /** Run a failure again with it. */
  seed: number;
  checks: CheckResult[];
}

export const checks: readonly Check[] = [...readChecks, ...moveChecks, ...atomicChecks];

/**
 * Tries a driver on its simulated switch. What it does not declare lowers its level; what it declares and does not do fails.
 */
export async function runConformance(
  trial: Trial,
  seed: number,
  onResult: (result: CheckResult) => void = () => {},
): Promise<ConformanceReport> {
  const { platform, title, capabilities } = trial.driver;
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = declares(capabilities, check.level)
      ? await tried(check, trial, seed)
      : { level: check.level, name: check.name, outcome: 'not declared' as const, detail: null };
    results.push(result);
    onResult(result);
  }
  return { platform, title, level: levelOf(results), seed, checks: results };
}

async function tried(check: Check, trial: Trial, seed: number): Promise<CheckResult> {
  const { level, name } = check;
  try {
    await check.run(trial, seed);
    return { level, name, outcome: 'passed', detail: null };
  } catch (error) {
    return { level, name, outcome: 'failed', detail: messageOf(error).slice(0, 2000) };
  }
}

function levelOf(results: readonly CheckResult[]): Level | null {
  const missing = LEVELS.findIndex((level) =>
    results.some((result) => result.level === level && result.outcome !== 'passed'),
  );
  return missing < 0 ? (LEVELS.at(-1) ?? null) : (LEVELS[missing - 1] ?? null);
}
