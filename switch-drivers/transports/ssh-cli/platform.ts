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
  /** What is sent where typing `lines` would add to what is there instead of replacing it; default: `lines`, or `off`. */
  steps?(current: readonly string[]): readonly CliLine[];
}

/** A port before a change: as it was read, or as the change before leaves it. */
export interface PortBefore {
  state: PortState;
  /** Its lines in the running configuration, where the platform keeps a port's settings in a block of its own. */
  block: readonly string[];
}

/** Lines of one place of the configuration. */
export interface LineGroup {
  /** The line that opens the place; null: the lines belong to the top of the configuration mode. */
  open: CliLine | null;
  lines: readonly CliLine[];
}

/** How lines that are in force as they come are put in a safe order. */
export interface OrderedLines {
  /** Mode in which the lines are entered; its `leave` leads out of any block. */
  mode: string;
  vlanCreate(vlan: number, name: string): CliLine[];
  /**
   * The lines that bring a port to the settings, in an order that is safe line by line: each line leaves the port with
   * segments of its old or its new settings only. No lines where nothing differs. Where a port has a block of its own,
   * `inPortBlock` makes this of a list of settings. Throws `switch_unsupported`.
   */
  portSet(before: PortBefore, settings: PortSettings): { groups: LineGroup[]; block: readonly string[] };
  /**
   * Does the way lead through a VLAN that is neither in the old nor in the new settings? The engine takes such a port down
   * first, and brings it up only after it was read back. Left out: never.
   */
  detours?(before: PortBefore, settings: PortSettings): boolean;
}

/** What the engine works with, whatever the lines travel on. */
export interface LinePlatform {
  platform: string;
  title: string;
  capabilities: Capabilities;
  dialect: { home: string };
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

/** A platform with an interactive command line. */
interface CliPlatformBase extends LinePlatform {
  options: typeof sshOptions | z.ZodType<z.output<typeof sshOptions>>;
  dialect: CliDialect;
}

/** The platform takes changes as configuration sessions. */
export interface BySessions {
  /** The lines of one change, starting and ending in the configuration mode's top level. */
  render(change: Change): CliLine[];
  transaction: ConfigSessions;
}

/** The platform puts each line in force as it comes. */
export interface ByLines {
  order: OrderedLines;
}

/** A candidate that belongs to the user and is put in force as a whole and for good, without a timer (VRP 8, NVUE). */
export interface Candidate {
  /** Makes sure that the candidate is empty, where one outlives the session that it was edited in. */
  begin?: CliLine;
  commit: CliLine;
  /** Drops what was edited. */
  discard: CliLine;
  /** What would be in force after a commit, read in `order.mode` before it; null: the device does not show it as ports. */
  preview: Reader<PortTable> | null;
}

/** The platform gathers lines and puts them in force together. */
export interface ByCommit {
  order: OrderedLines;
  candidate: Candidate;
}

/** A platform that the engine can change, whatever its lines travel on. */
export type ChangeablePlatform = LinePlatform & (BySessions | ByLines | ByCommit);

export type SessionPlatform = CliPlatformBase & BySessions;
export type OrderedPlatform = CliPlatformBase & ByLines;
export type CommittedPlatform = CliPlatformBase & ByCommit;

/** A command-line platform: data and pure functions, run by one engine (`cli-driver.ts`). */
export type CliPlatform = SessionPlatform | OrderedPlatform | CommittedPlatform;
