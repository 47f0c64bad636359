/** 00:1c:73:12:b0:56 as Cisco-like devices print it: 001c.7312.b056. */
export function dotted(mac: string): string {
  return mac.replaceAll(':', '').replace(/(.{4})(?!$)/g, '$1.');
}
