import { formatIpv4 } from './ipv4.ts';

/** What a relay added about the client, option 82 (RFC 3046). */
export interface RelayInfo {
  giaddr: string;
  /** Suboption 1, as printable text or hex: which port of the relay. */
  circuitId: string | null;
  /** Suboption 2: which relay. */
  remoteId: string | null;
  /** Suboption 5 (RFC 3527): the client's subnet where giaddr is not in it. */
  linkSelection: string | null;
  /** Suboption 19 present (RFC 8357): answer to the port the relay sent from. */
  sourcePort: boolean;
}

const SUBOPTION = { CIRCUIT_ID: 1, REMOTE_ID: 2, LINK_SELECTION: 5, RELAY_SOURCE_PORT: 19 } as const;

/** Reads option 82's suboptions; null when their lengths do not add up. */
export function decodeRelayInfo(giaddr: string, option: Buffer | undefined): RelayInfo | null {
  const info: RelayInfo = { giaddr, circuitId: null, remoteId: null, linkSelection: null, sourcePort: false };
  if (!option) return info;
  for (let at = 0; at < option.length; ) {
    const code = option[at]!;
    const length = option[at + 1];
    if (length === undefined || at + 2 + length > option.length) return null;
    const value = option.subarray(at + 2, at + 2 + length);
    if (code === SUBOPTION.CIRCUIT_ID) info.circuitId = readable(value);
    else if (code === SUBOPTION.REMOTE_ID) info.remoteId = readable(value);
    else if (code === SUBOPTION.LINK_SELECTION && length === 4) info.linkSelection = formatIpv4(value.readUInt32BE());
    else if (code === SUBOPTION.RELAY_SOURCE_PORT) info.sourcePort = true;
    at += 2 + length;
  }
  return info;
}

/** For a relay (or a test) to write: circuit id, remote id and the RFC 8357 request. */
export function encodeRelayInfo(info: { circuitId?: string; remoteId?: string; sourcePort?: boolean }): Buffer {
  const parts: Buffer[] = [];
  const push = (code: number, value: Buffer) => parts.push(Buffer.from([code, value.length]), value);
  if (info.circuitId !== undefined) push(SUBOPTION.CIRCUIT_ID, Buffer.from(info.circuitId).subarray(0, 255));
  if (info.remoteId !== undefined) push(SUBOPTION.REMOTE_ID, Buffer.from(info.remoteId).subarray(0, 255));
  if (info.sourcePort) push(SUBOPTION.RELAY_SOURCE_PORT, Buffer.alloc(0));
  return Buffer.concat(parts);
}

function readable(value: Buffer): string {
  for (const byte of value) if (byte < 0x20 || byte > 0x7e) return value.toString('hex');
  return value.toString('latin1');
}
