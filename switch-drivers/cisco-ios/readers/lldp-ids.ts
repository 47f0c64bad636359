import { normalizeMac } from '../../transports/ssh-cli/parse.ts';

/** How IOS prints an id that is a MAC address by its subtype. */
const CISCO_MAC = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i;
/** The same with colons or dashes is text that the neighbour sent, under a subtype that IOS does not print. */
const OTHER_MAC = /^[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})$/i;

/** A chassis or port id, MAC addresses in our form; the subtype where the form gives it away. */
export function lldpId(text: string, macSubtype: 3 | 4): { subtype: number | null; id: string } {
  const mac = CISCO_MAC.test(text) || OTHER_MAC.test(text) ? normalizeMac(text) : null;
  return { subtype: CISCO_MAC.test(text) ? macSubtype : null, id: mac ?? text };
}
