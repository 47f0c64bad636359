/** All-nodes, RFC 4291 2.7.1 and RFC 2464 section 7. */
const ALL_NODES = 'ff020000000000000000000000000001';
const ALL_NODES_MAC = '333300000001';
/** fe80::1 */
const ROUTER = 'fe800000000000000000000000000001';

/**
 * A router advertisement (RFC 4861 4.2) of a router that offers nothing: lifetime 0, no prefix. The iPXE in QEMU's ROMs
 * waits 13 s for one before it is content with IPv4.
 */
export function routerAdvertisement(source: string): Buffer {
  const icmp = Buffer.alloc(16);
  icmp[0] = 134;
  icmp[4] = 64;
  const pseudo = Buffer.concat([
    Buffer.from(ROUTER + ALL_NODES, 'hex'),
    Buffer.from([0, 0, 0, icmp.length, 0, 0, 0, 58]),
  ]);
  icmp.writeUInt16BE(checksum(Buffer.concat([pseudo, icmp])), 2);
  const header = Buffer.from([0x60, 0, 0, 0, 0, icmp.length, 58, 255]);
  return Buffer.concat([
    Buffer.from(ALL_NODES_MAC + source.replaceAll(':', ''), 'hex'),
    Buffer.from([0x86, 0xdd]),
    header,
    Buffer.from(ROUTER + ALL_NODES, 'hex'),
    icmp,
  ]);
}

/** RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
