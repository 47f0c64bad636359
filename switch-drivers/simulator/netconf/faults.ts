/** What goes wrong besides what `Faults` know of operations by their names; may be changed while it runs. */
export interface NetconfFaults {
  /** Cuts the connection at the `rpc`-th operation from now (1 = the next): `before` it is carried out, or `after`, its reply unsent. */
  drop: { rpc: number; when: 'before' | 'after' } | null;
  /** The error-tag of operations that `Faults.reject` refuses. */
  rejectTag: string;
  /** Operations of this name are carried out, and the reply has a warning beside it. */
  warn: { operation: string; text: string } | null;
  /** Sent in place of the next reply, as it is. */
  garble: Buffer | null;
}

export const noNetconfFaults: NetconfFaults = { drop: null, rejectTag: 'operation-failed', warn: null, garble: null };
