/** A device that takes one line at a time and answers it. Not for concurrent use. */
export interface CommandLine {
  /** Name of the mode the device is in. */
  readonly mode: string;
  /**
   * Sends one line and resolves with what it printed. Throws `switch_rejected` when the device refused it, with the line
   * and the device's own words in the context.
   */
  run(text: string, options?: RunOptions): Promise<string>;
  toMode(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A caret line and blank lines may stand before the refusal. */
const REFUSAL_LINES = 4;

/** The lines of an output in which a refusal counts. */
export function refusalLines(output: string, { reading }: RunOptions): string[] {
  const lines = output.split('\n');
  return reading ? lines.slice(0, REFUSAL_LINES) : lines;
}

export interface RunOptions {
  timeoutMs?: number;
  /**
   * The output is to be read: it may quote what others said (an LLDP neighbour's description, a banner), so only its first
   * lines can be the device's refusal.
   */
  reading?: true;
}
