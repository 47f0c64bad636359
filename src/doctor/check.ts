/** One thing that was looked at. */
export interface Finding {
  /** Stable, for scripts. */
  id: string;
  title: string;
  /** What goes without it. */
  neededFor: string;
  /** Without a required thing a controller with the settings looked at does not start. */
  required: boolean;
  ok: boolean;
  /** What is there, or what is wrong. */
  found: string;
  /** The command, or the step, that brings it; null where nothing has to be done. */
  fix: string | null;
}

type Facts = Omit<Finding, 'ok' | 'found' | 'fix'>;

export const fine = (facts: Facts, found: string): Finding => ({ ...facts, ok: true, found, fix: null });
export const lacking = (facts: Facts, found: string, fix: string): Finding => ({ ...facts, ok: false, found, fix });
