import { readFile } from 'node:fs/promises';
import { type Service, startService, tail } from './machine.ts';

export interface Frame {
  /** Milliseconds since 1970, by the clock of this machine. */
  at: number;
  source: string;
  vlan: string;
  /** tcpdump's line. */
  text: string;
}

export interface Capture {
  vlan: string;
  service: Service;
}

/** Records the frames that `macs` send on an interface. Told apart by source address alone: nothing else is filtered. */
export function startCapture(
  vlan: string,
  where: { namespace: string; device: string; log: string },
  macs: readonly string[],
): Capture {
  const filter = macs.map((mac) => `ether src ${mac}`).join(' or ');
  const command = ['tcpdump', '-i', where.device, '-n', '-e', '-tt', '-l', '-s', '96', '--immediate-mode', filter];
  return { vlan, service: startService(where.namespace, where.log, command) };
}

const LINE = /^(\d+\.\d+) ([0-9a-f:]{17}) > /;

/** What was captured so far. Throws when the capture itself ended: no frames must mean that there were none. */
export async function framesOf({ vlan, service }: Capture): Promise<Frame[]> {
  if (!service.running()) throw new Error(`the capture in VLAN ${vlan} ended: ${await tail(service.log)}`);
  const text = await readFile(service.log, 'latin1');
  return text.split('\n').flatMap((line) => {
    const found = LINE.exec(line);
    return found ? [{ at: Number(found[1]) * 1000, source: found[2]!, vlan, text: line }] : [];
  });
}
