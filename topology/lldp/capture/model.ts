export interface CapturedFrame {
  /** From the destination MAC on (Ethernet, without FCS), or what `linkType` says. */
  bytes: Uint8Array;
  /** Epoch milliseconds with fraction; null where the capture has no time. */
  timeMs: number | null;
  /** tcpdump link type: 1 Ethernet, 113 and 276 Linux cooked. */
  linkType: number;
}

export interface Capture {
  format: 'pcap' | 'pcapng' | 'hex' | 'frame';
  frames: CapturedFrame[];
  /** What was wrong with the capture itself (cut short, bad block ...); reading stopped there. */
  problems: string[];
}

/** More frames than this in one file are not read; a capture of LLDP alone of this size spans weeks. */
export const MAX_FRAMES = 200_000;
