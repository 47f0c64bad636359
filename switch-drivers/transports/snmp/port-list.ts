/**
 * PortList (RFC 4363, from RFC 2674): octet 1 holds ports 1 to 8, the most significant bit is the lowest port. Octets that
 * are left out at the end are zero.
 */

/** Ports of a list, ascending. */
export function portsIn(list: Uint8Array): number[] {
  const ports: number[] = [];
  list.forEach((octet, index) => {
    for (let bit = 0; bit < 8; bit += 1) if (octet & (0x80 >> bit)) ports.push(index * 8 + bit + 1);
  });
  return ports;
}

export function hasPort(list: Uint8Array, port: number): boolean {
  return ((list[(port - 1) >> 3] ?? 0) & bitOf(port)) !== 0;
}

/** The list with one port's bit as wanted; all others as they were. It grows when the port lies behind its end. */
export function withPort(list: Uint8Array, port: number, member: boolean): Buffer {
  const at = (port - 1) >> 3;
  const octets = Buffer.alloc(Math.max(list.length, member ? at + 1 : 0));
  octets.set(list);
  const octet = octets[at];
  if (octet !== undefined) octets[at] = member ? octet | bitOf(port) : octet & ~bitOf(port);
  return octets;
}

/** At least so many octets long: agents differ in whether they take a list that ends early. */
export function padded(list: Uint8Array, length: number): Buffer {
  const octets = Buffer.alloc(Math.max(list.length, length));
  octets.set(list);
  return octets;
}

export function portList(ports: readonly number[], length = 0): Buffer {
  return ports.reduce<Buffer>((list, port) => withPort(list, port, true), Buffer.alloc(length));
}

function bitOf(port: number): number {
  return 0x80 >> ((port - 1) & 7);
}
