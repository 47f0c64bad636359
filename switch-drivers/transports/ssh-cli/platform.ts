import type { z } from 'zod';
import type { Change, PortState } from '../../../topology/plan/model.ts';
import type { Capabilities, MacTableEntry, SwitchDescription, SwitchNeighbor } from '../../contract/driver.ts';
import type { CliDialect } from './dialect.ts';
import type { CliLine } from './guard.ts';
import type { sshOptions } from './options.ts';

/** Show commands and what their outputs mean together. Throws `switch_output_invalid` on what it cannot understand. */
export interface Reader<T> {
  commands: readonly string[];
  /** Outputs in the order of `commands`. */
  read(outputs: readonly string[]): T;
}

export interface PortTable {
  ports: PortState[];
  vlans: number[] | null;
}

/**
 * How a platform makes several lines one change: a named candidate that is committed as a whole under a timer, after which
 * the device itself goes back unless the commit is confirmed (EOS configuration sessions).
 */
export interface ConfigSessions {
  begin(id: string): CliLine;
  /** Puts the candidate in force and starts the device's timer. */
  commitTimed(seconds: number): CliLine;
  confirm(id: string): CliLine;
  /** Drops the candidate, or undoes a commit that waits for its confirmation. */
  abort(id: string): CliLine;
  /** Mode in which the candidate is edited; leaving it by the mode table's `leave` drops the candidate. */
  mode: string;
  /** Names of candidates that earlier sessions of ours (cut off half way) left on the device. */
  leftovers: Reader<string[]>;
}

/** A command-line platform: data and pure functions, run by one engine (`cli-driver.ts`). */
export interface CliPlatform {
  platform: string;
  title: string;
  capabilities: Capabilities;
  options: typeof sshOptions | z.ZodType<z.output<typeof sshOptions>>;
  dialect: CliDialect;
  /** Other names of a port, as they appear in LLDP or in short output. */
  aliases(portId: string): string[];
  description: Reader<Omit<SwitchDescription, 'platform' | 'ports'>>;
  ports: Reader<PortTable>;
  neighbors: Reader<SwitchNeighbor[]>;
  macTable: Reader<MacTableEntry[]>;
  /** The lines of one change, starting and ending in the configuration mode's top level. */
  render(change: Change): CliLine[];
  transaction: ConfigSessions;
  /** Lines that save the running configuration, and how the device says that it has. */
  save: { lines: readonly CliLine[]; timeoutMs: number };
}
