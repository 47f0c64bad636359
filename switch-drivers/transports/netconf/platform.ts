import type { z } from 'zod';
import type { Change, PortState } from '../../../topology/plan/model.ts';
import type { Capabilities, MacTableEntry, SwitchDescription, SwitchNeighbor } from '../../contract/driver.ts';
import type { OutputReader } from '../../contract/rows.ts';
import type { EditStyle, NodeEdit } from './node-edit.ts';
import type { NetconfOptions } from './options.ts';
import type { XmlElement } from './xml/element.ts';

/** Operations, and what their replies mean together. Throws `switch_output_invalid` on what it cannot understand. */
export interface NetconfReader<T, O = NetconfOptions> {
  /** `optional`: a device that refuses it is taken to have nothing to say. */
  requests(options: O): ReadonlyArray<{ operation: XmlElement; optional?: boolean }>;
  /** What each reply holds, in the order of the requests; null: refused. */
  read(replies: ReadonlyArray<readonly XmlElement[] | null>, options: O): T;
}

export interface NetconfPorts {
  ports: PortState[];
  vlans: number[] | null;
  /** The running configuration, as far as edits concern it: what they are compared with, and what is brought back. */
  config: readonly XmlElement[];
  /** Settings that no reader understood. */
  unparsed?: readonly string[];
}

/** Who committed what still waits for its confirmation. */
export interface PendingCommit {
  user: string;
  /** Did it come over NETCONF? */
  netconf: boolean;
}

/** A device on which any commit, by whomever, confirms the one that waits: it must not be ours by accident. */
export interface AnyCommitConfirms<O> {
  pending: NetconfReader<PendingCommit | null, O>;
  /** Makes the candidate what was running before. */
  rollBack: XmlElement;
}

/** A NETCONF platform: data and pure functions, run by one engine (`netconf-driver.ts`). */
export interface NetconfPlatform<S extends z.ZodType<NetconfOptions> = z.ZodType<NetconfOptions>> {
  platform: string;
  title: string;
  capabilities: Capabilities;
  options: S;
  description: NetconfReader<
    Omit<SwitchDescription, 'platform' | 'ports'> & { aliases: ReadonlyMap<string, readonly string[]> },
    z.output<S>
  >;
  ports: NetconfReader<NetconfPorts, z.output<S>>;
  neighbors: NetconfReader<SwitchNeighbor[], z.output<S>>;
  macTable: NetconfReader<MacTableEntry[], z.output<S>>;
  /**
   * What a change makes of the configuration, as whole nodes; those that are so already are not sent. Throws
   * `switch_unsupported`, `switch_unsafe_text`.
   */
  edits(change: Change, now: NetconfPorts, options: z.output<S>): NodeEdit[];
  style: EditStyle;
  /** How people write an edit; `now` is the node as it is. */
  lines(edit: NodeEdit & { now: XmlElement | null }): string[];
  /** Waits between further looks, should the device not yet show what it was told. */
  settleWaitsMs?: readonly number[];
  anyCommitConfirms?: AnyCommitConfirms<z.output<S>>;
  /** Readers of single commands' outputs, for `driver parse`. */
  outputs?: readonly OutputReader[];
}
