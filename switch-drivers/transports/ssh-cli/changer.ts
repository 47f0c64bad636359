import type { Change, PortState } from '../../../topology/plan/model.ts';
import type { CommandLine } from './command-line.ts';
import type { PortBefore, PortTable } from './platform.ts';

/** What a way of changing the device works with: the command line, and what the device last said of its ports. */
export interface ChangeContext {
  /** Name of the switch. */
  name: string;
  cli: CommandLine;
  /** The ports as last read; a port that is not among them, or that is foreign, is refused before anything is sent. */
  writable(portId: string): PortState;
  block(portId: string): readonly string[];
  /** What changed lines have made of ports, until they are read again: the next change starts from there. */
  expectNow(ports: ReadonlyMap<string, PortBefore>): void;
  readPorts(): Promise<PortTable>;
}

/** One of the ways in which platforms take changes. */
export interface Changer {
  /** Pure: the lines that apply() would send. */
  render(changes: readonly Change[]): string[];
  apply(changes: readonly Change[]): Promise<void>;
  /** Undoes what sessions that were cut off have left; names what it was. */
  dropLeftovers(): Promise<string[]>;
}
