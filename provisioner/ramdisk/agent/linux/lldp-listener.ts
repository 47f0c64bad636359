import { closeSync, constants, openSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { LldpRaw } from '../../../../topology/lldp/index.ts';
import { lldpRaw } from '../lldp-raw.ts';
import { hasCarrier } from './nics.ts';
import { runProgram } from './run-program.ts';
import { numberAttribute } from './sysfs.ts';

/** struct virtio_net_hdr in front of every frame a tap device hands out. */
const VIRTIO_HEADER = 10;
const POLL_MS = 100;
/** A link may need this long after it was brought up; a NIC without carrier by then has no cable. */
const CARRIER_MS = 5000;

interface Tap {
  nic: string;
  link: string;
  fd: number;
}

/**
 * The first LLDPDU of every NIC, heard through a macvtap on each (Node has no AF_PACKET sockets). Ends early when every
 * NIC with carrier has one. NICs that cannot be listened on are told to `log`.
 */
export async function listenLldp(
  nics: string[],
  timeoutMs: number,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<Record<string, LldpRaw>> {
  const heard: Record<string, LldpRaw> = {};
  const taps: Tap[] = [];
  try {
    for (const [index, nic] of nics.entries()) {
      const tap = await openTap(nic, `lldp${index}`, log);
      if (tap) taps.push(tap);
    }
    const started = performance.now();
    for (;;) {
      for (const tap of taps) if (!heard[tap.nic]) readTap(tap, heard);
      const elapsed = performance.now() - started;
      const silent = taps.filter((tap) => !heard[tap.nic]);
      if (silent.length === 0 || elapsed >= timeoutMs) return heard;
      const linked = await Promise.all(silent.map((tap) => hasCarrier(tap.nic)));
      if (elapsed > CARRIER_MS && !linked.includes(true)) return heard;
      await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    for (const tap of taps) {
      closeSync(tap.fd);
      await runProgram('ip', ['link', 'del', tap.link]);
    }
  }
}

async function openTap(nic: string, link: string, log: (line: string) => void): Promise<Tap | null> {
  const steps = [
    ['ip', 'link', 'add', 'link', nic, 'name', link, 'type', 'macvtap'],
    ['ifconfig', link, 'allmulti', 'up'],
  ];
  for (const [program = '', ...args] of steps) {
    const { code, output } = await runProgram(program, args);
    if (code !== 0) {
      log(`no LLDP on ${nic}: ${program} ${args.join(' ')}: ${output.trim()}`);
      return null;
    }
  }
  const index = await numberAttribute(`/sys/class/net/${link}/ifindex`);
  try {
    // Non-blocking: a read that waits for a frame would hold one of libuv's four threads for as long as it takes.
    return { nic, link, fd: openSync(`/dev/tap${index}`, constants.O_RDWR | constants.O_NONBLOCK) };
  } catch (error) {
    log(`no LLDP on ${nic}: ${error}`);
    await runProgram('ip', ['link', 'del', link]);
    return null;
  }
}

/** Reads what is waiting, up to a bound so that a busy NIC does not starve the others. */
function readTap(tap: Tap, heard: Record<string, LldpRaw>): void {
  const buffer = Buffer.alloc(65_536);
  for (let count = 0; count < 256; count++) {
    let size: number;
    try {
      size = readSync(tap.fd, buffer);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return;
      throw error;
    }
    const tlvs = size > VIRTIO_HEADER ? lldpRaw(buffer.subarray(VIRTIO_HEADER, size)) : null;
    if (tlvs) {
      heard[tap.nic] = tlvs;
      return;
    }
  }
}
