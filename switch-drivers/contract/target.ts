/** What every transport honours, besides a driver's own options. */
export interface TargetOptions {
  /** Milliseconds until a connection attempt is given up. */
  connectTimeoutMs?: number;
  /** Milliseconds until one command or operation is given up. */
  commandTimeoutMs?: number;
  /**
   * Called with the device's SSH host key (`SHA256:...`) when the switch is registered with `hostKey: 'trust-first'`, so
   * that the caller can store it and pin it from then on. Not called when a key is pinned already.
   */
  onHostKey?: (fingerprint: string) => void;
}
