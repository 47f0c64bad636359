import type { z } from 'zod';
import type { Change, PortSettings, PortState } from '../../../topology/plan/model.ts';
import type { Capabilities, MacTableEntry, SwitchDescription, SwitchNeighbor } from '../../contract/driver.ts';
import type { OutputReader } from '../../contract/rows.ts';
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
  /** Ordered platforms: the lines of each port in the running configuration, without their indent. */
  blocks?: ReadonlyMap<string, readonly string[]>;
  /** Lines of the outputs that no reader understood. */
  unparsed?: readonly string[];
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

/**
 * One setting of a port as the running configuration shows it: the lines that begin with `words`, or none of them. A
 * setting that is as wanted is not sent.
 */
export interface BlockSetting {
  words: string;
  /** The lines as the running configuration will show them; empty: none, which is the vendor's default. */
  lines: readonly CliLine[];
  /** The line that takes the setting back to its default. */
  off: CliLine;
  /** Compares where the device may print the same setting in other lines (a long VLAN list); default: the same lines. */
  same?(current: readonly string[]): boolean;
}

/** A platform that puts each line in force as it comes. */
export interface OrderedLines {
  /** Mode in which the lines are entered; its `leave` leads out of any block. */
  mode: string;
  vlanCreate(vlan: number, name: string): CliLine[];
  /** The line that opens a port's block. Opening another block closes it. */
  open(portId: string): CliLine;
  /**
   * A port's settings in an order that is safe line by line: each line leaves the port with segments of its old or its new
   * settings only. Throws `switch_unsupported`.
   */
  settings(settings: PortSettings, block: readonly string[]): BlockSetting[];
}

interface CliPlatformBase {
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
  /** Readers of single commands' outputs, for `driver parse`. */
  outputs: readonly OutputReader[];
  /** Lines that save the running configuration, how long that may take, and how the device says that it has. */
  save: { lines: readonly CliLine[]; timeoutMs: number; done?: RegExp };
}

/** A platform with configuration sessions. */
export interface SessionPlatform extends CliPlatformBase {
  /** The lines of one change, starting and ending in the configuration mode's top level. */
  render(change: Change): CliLine[];
  transaction: ConfigSessions;
}

/** A platform on which lines take effect one by one. */
export interface OrderedPlatform extends CliPlatformBase {
  order: OrderedLines;
}

/** A command-line platform: data and pure functions, run by one engine (`cli-driver.ts`). */
export type CliPlatform = SessionPlatform | OrderedPlatform;
