/** What every transport honours, besides a driver's own options. */
export interface TargetOptions {
  /** Milliseconds until a connection attempt is given up. */
  connectTimeoutMs?: number;
  /** Milliseconds until one command or operation is given up. */
  commandTimeoutMs?: number;
}
