import { layout, type TlvBase } from './layout.ts';

/** IEEE 802.1AB-2016 clause 8.5: the basic management set. */

export interface EndTlv extends TlvBase {
  kind: 'end';
}

/** 8.5.2. Subtypes: see ids.ts. `id` is 1..255 octets. */
export interface ChassisIdTlv extends TlvBase {
  kind: 'chassis-id';
  subtype: number;
  id: Uint8Array;
}

/** 8.5.3 */
export interface PortIdTlv extends TlvBase {
  kind: 'port-id';
  subtype: number;
  id: Uint8Array;
}

/** 8.5.4. Seconds the sender's information stays valid; 0: the sender is going away. */
export interface TtlTlv extends TlvBase {
  kind: 'ttl';
  seconds: number;
}

/** 8.5.5, 8.5.6, 8.5.7 */
export interface TextTlv extends TlvBase {
  kind: 'port-description' | 'system-name' | 'system-description';
  text: string;
}

/** 8.5.8. Bitmaps, table 8-4; names: capabilityNames() in names.ts. */
export interface SystemCapabilitiesTlv extends TlvBase {
  kind: 'system-capabilities';
  capabilities: number;
  enabled: number;
}

/** 8.5.9 */
export interface ManagementAddressTlv extends TlvBase {
  kind: 'management-address';
  /** IANA address family number: 1 IPv4, 2 IPv6, 6 MAC ... */
  family: number;
  address: Uint8Array;
  /** 1 unknown, 2 ifIndex, 3 system port number. */
  interfaceSubtype: number;
  interfaceNumber: number;
  /** Object identifier as BER octets, without tag and length; empty when there is none. */
  oid: Uint8Array;
}

const id = (kind: 'chassis-id' | 'port-id', code: number, macSubtype: number) =>
  layout<ChassisIdTlv | PortIdTlv>({
    kind,
    code,
    decode(r) {
      const subtype = r.uint(1);
      const octets = r.take();
      if (octets.length === 0 || octets.length > 255) r.fail(`an id of ${octets.length} octets (1 to 255 allowed)`);
      if (subtype === macSubtype && octets.length !== 6) r.fail(`a MAC address of ${octets.length} octets`);
      return { subtype, id: octets };
    },
    encode(w, tlv) {
      w.uint(1, tlv.subtype);
      w.put(tlv.id);
    },
  });

const text = (kind: TextTlv['kind'], code: number) =>
  layout<TextTlv>({
    kind,
    code,
    decode: (r) => ({ text: r.text() }),
    encode: (w, tlv) => w.text(tlv.text),
  });

export const basicLayouts = [
  layout<EndTlv>({
    kind: 'end',
    code: 0,
    decode(r) {
      if (r.left > 0) r.fail(`End Of LLDPDU with ${r.left} octets in it`);
      return {};
    },
    encode() {},
  }),
  id('chassis-id', 1, 4),
  id('port-id', 2, 3),
  layout<TtlTlv>({
    kind: 'ttl',
    code: 3,
    decode: (r) => ({ seconds: r.uint(2) }),
    encode: (w, tlv) => w.uint(2, tlv.seconds),
  }),
  text('port-description', 4),
  text('system-name', 5),
  text('system-description', 6),
  layout<SystemCapabilitiesTlv>({
    kind: 'system-capabilities',
    code: 7,
    decode: (r) => ({ capabilities: r.uint(2), enabled: r.uint(2) }),
    encode(w, tlv) {
      w.uint(2, tlv.capabilities);
      w.uint(2, tlv.enabled);
    },
  }),
  layout<ManagementAddressTlv>({
    kind: 'management-address',
    code: 8,
    decode(r) {
      const length = r.uint(1);
      if (length < 2 || length > 32) r.fail(`management address string of ${length} octets (2 to 32 allowed)`);
      return {
        family: r.uint(1),
        address: r.take(Math.max(length - 1, 0)),
        interfaceSubtype: r.uint(1),
        interfaceNumber: r.uint(4),
        oid: r.take(r.uint(1)),
      };
    },
    encode(w, tlv) {
      w.uint(1, tlv.address.length + 1);
      w.uint(1, tlv.family);
      w.put(tlv.address);
      w.uint(1, tlv.interfaceSubtype);
      w.uint(4, tlv.interfaceNumber);
      w.counted(tlv.oid);
    },
  }),
];
