import type { SimulatedDevice } from './device.ts';
import type { SimPortConfig } from './model/config.ts';

/** Where a simulated switch listens, and who may log in. */
export interface ServeOptions {
  host: string;
  /** 0: a free one. */
  port: number;
  username: string;
  password: string;
}

export interface SimulatedServer {
  host: string;
  port: number;
  /** `SHA256:...`; null where the protocol has no host key. */
  hostKeyFingerprint: string | null;
  /** What a driver's `options` take to reach it, where that is not host, port, user, password and host key. */
  options?: Record<string, unknown>;
  stop(): Promise<void>;
}

/** A vendor's way to talk to the vendor-neutral model, behind a real server of its protocol. */
export interface SimulatedPlatform {
  platform: string;
  /** What a port out of the box has otherwise than `factoryPort`. */
  factory?: Partial<SimPortConfig>;
  /** What a device says to a line or an operation that it refuses. */
  refusal: string;
  /**
   * Names under which `Faults` know what a client sends, where it sends no lines: `edit-config`, `commit` ... Left out:
   * the lines themselves.
   */
  operations?: readonly string[];
  /** Port names as the vendor counts them. */
  portNames(count: number): string[];
  serve(device: SimulatedDevice, options: ServeOptions): Promise<SimulatedServer>;
}
