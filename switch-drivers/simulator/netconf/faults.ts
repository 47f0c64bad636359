/** How slow the simulated device is; may be changed while it runs. */
export interface NetconfKnobs {
  /** Milliseconds each operation takes. */
  latencyMs: number;
}

/** What goes wrong; may be changed while it runs. */
export interface NetconfFaults {
  /** Cuts the connection at the `rpc`-th operation from now (1 = the next): `before` it is carried out, or `after`, its reply unsent. */
  drop: { rpc: number; when: 'before' | 'after' } | null;
  /** Somebody who is not there holds all locks; a session-id, `0` = no NETCONF session. */
  lockHeldBy: string | null;
  /** Operations of this name are refused with the text. */
  reject: { operation: string; text: string; tag?: string } | null;
  /** Operations of this name are carried out, and the reply has a warning beside it. */
  warn: { operation: string; text: string } | null;
  /** Operations of this name are never answered. */
  silent: string | null;
  /** Sent in place of the next reply, as it is. */
  garble: Buffer | null;
  /** Edits are acknowledged and have no effect. */
  ignoreEdits: boolean;
}

export const noNetconfFaults: NetconfFaults = {
  drop: null,
  lockHeldBy: null,
  reject: null,
  warn: null,
  silent: null,
  garble: null,
  ignoreEdits: false,
};
