import type { z } from 'zod';
import type { Change, PortState } from '../../topology/plan/model.ts';
import type { OutputReader } from './rows.ts';
import type { TargetOptions } from './target.ts';

/** Version of this contract; a driver states the one it was written for. */
export const CONTRACT_VERSION = 1;

export interface Capabilities {
  modes: ReadonlyArray<'access' | 'trunk'>;
  /** A trunk always has a native VLAN: one of tagged VLANs alone is refused (`switch_unsupported`) before anything is sent. */
  nativeRequired?: true;
  /** Must a VLAN exist on the switch before a port may carry it? */
  vlanMustExist: boolean;
  /**
   * transactional: all changes or none, atomically. confirmed-commit: the same, and the device itself undoes it unless
   * confirmed. ordered: lines one by one; the driver undoes what it did when one is rejected.
   */
  atomic: 'transactional' | 'confirmed-commit' | 'ordered';
  /** Does the device lose unsaved configuration on reboot (so that persist() matters)? */
  hasStartupConfig: boolean;
  lag: 'none' | 'existing' | 'created';
  vxlan: 'none' | 'evpn' | 'vtep';
  /** How many sessions a device of this platform is sure to allow at once. */
  maxSessions: number;
  neighbors: boolean;
  macTable: boolean;
}

export interface SwitchDescription {
  platform: string;
  model: string | null;
  version: string | null;
  hostname: string | null;
  /** LLDP chassis ids under which the switch may announce itself; for MACs lower case with colons. */
  chassisIds: string[];
  /** Canonical port names in the switch's own order, with other names the same port is known by. */
  ports: Array<{ portId: string; aliases: string[] }>;
}

/** Link evidence from the switch's side: what it heard over LLDP on one of its ports. */
export interface SwitchNeighbor {
  portId: string;
  chassisIdSubtype: number | null;
  chassisId: string;
  portIdSubtype: number | null;
  remotePortId: string;
  systemName: string | null;
}

export interface MacTableEntry {
  mac: string;
  vlan: number | null;
  portId: string;
}

/** The lines or operations a change would send: for dry run, diff and audit. Contains no secret. */
export interface Rendered {
  lines: string[];
}

/** One kept-alive session to a switch. Not for concurrent use: the caller awaits each call before the next. */
export interface Session {
  describe(): Promise<SwitchDescription>;
  /** Ports asked for, or all. An unknown port is an error `switch_port_unknown`. */
  read(portIds?: readonly string[]): Promise<{ ports: PortState[]; vlans: number[] | null }>;
  neighbors(): Promise<SwitchNeighbor[]>;
  macTable(): Promise<MacTableEntry[]>;
  /** Pure: what apply() would send. Throws `switch_port_unknown` / `switch_unsupported` before anything is sent. */
  render(changes: readonly Change[]): Rendered;
  /**
   * All or nothing as far as the platform can (`capabilities.atomic`), in the given order. Resolves when the device has
   * put it in force. On a rejected change throws `switch_rejected` whose context holds `line` and `device` (the device's
   * own words) and `undone` (true: the device is as it was before; false: it may be anywhere between, so read() it). An
   * `ordered` platform does not read back by itself: the caller reads and compares.
   */
  apply(changes: readonly Change[]): Promise<void>;
  /** Save the running config; a no-op where hasStartupConfig is false. */
  persist(): Promise<void>;
  close(): Promise<void>;
}

export interface Driver<O extends z.ZodType = z.ZodType> {
  contract: typeof CONTRACT_VERSION;
  platform: string;
  /** One line for `driver list`. */
  title: string;
  capabilities: Capabilities;
  /** Checked when the switch is registered; what it parses to is handed to open(). */
  options: O;
  /** What the outputs of single commands say, for `driver parse`. */
  outputs?: readonly OutputReader[];
  open(target: { name: string; options: z.output<O>; log: DriverLog } & TargetOptions): Promise<Session>;
}

export interface DriverLog {
  debug(message: string, context?: Record<string, unknown>): void;
  warn(message: string, context?: Record<string, unknown>): void;
}

/** Identity function that checks a driver's types. */
export function defineDriver<O extends z.ZodType>(driver: Driver<O>): Driver<O> {
  return driver;
}
