import type { OctetReader, OctetWriter } from '../octets.ts';
import { layout, type TlvBase } from './layout.ts';

/** ANSI/TIA-1057: LLDP for media endpoint devices. */
export const MED_OUI = '00-12-bb';

/** 10.2.2. deviceType: 1..3 endpoint class I..III, 4 network connectivity. */
export interface MedCapabilitiesTlv extends TlvBase {
  kind: 'med-capabilities';
  capabilities: number;
  deviceType: number;
}

/** 10.2.3 */
export interface MedNetworkPolicyTlv extends TlvBase {
  kind: 'med-network-policy';
  application: number;
  unknown: boolean;
  tagged: boolean;
  vlan: number;
  priority: number;
  dscp: number;
}

/** RFC 6225: degrees, and metres or floors; resolutions are counts of valid bits. */
export interface Coordinates {
  format: 'coordinates';
  latitudeResolution: number;
  latitude: number;
  longitudeResolution: number;
  longitude: number;
  /** 1 metres, 2 floors. */
  altitudeType: number;
  altitudeResolution: number;
  altitude: number;
  /** 1 WGS84, 2 NAD83 (NAVD88), 3 NAD83 (MLLW). */
  datum: number;
}

/** RFC 4776. `what`: 0 server, 1 nearest network element, 2 client. */
export interface CivicAddress {
  format: 'civic';
  what: number;
  country: string;
  elements: Array<{ type: number; value: string }>;
}

/** 10.2.4 */
export interface MedLocationTlv extends TlvBase {
  kind: 'med-location';
  location:
    | Coordinates
    | CivicAddress
    | { format: 'elin'; number: string }
    | { format: 'unknown'; code: number; data: Uint8Array };
}

/** 10.2.5. `power` in units of 0.1 W. */
export interface MedPowerTlv extends TlvBase {
  kind: 'med-extended-power';
  powerType: number;
  powerSource: number;
  priority: number;
  power: number;
}

/** 10.2.6 */
export interface MedInventoryTlv extends TlvBase {
  kind:
    | 'med-hardware-revision'
    | 'med-firmware-revision'
    | 'med-software-revision'
    | 'med-serial-number'
    | 'med-manufacturer'
    | 'med-model'
    | 'med-asset-id';
  text: string;
}

export type MedTlv = MedCapabilitiesTlv | MedNetworkPolicyTlv | MedLocationTlv | MedPowerTlv | MedInventoryTlv;

const signed = (value: number, bits: number) => (value >= 2 ** (bits - 1) ? value - 2 ** bits : value);
const unsigned = (value: number, bits: number) => (value < 0 ? value + 2 ** bits : value);

/** Resolution (6 bits) and 34-bit two's complement with 25 bits of fraction, in 5 octets. */
function readDegrees(r: OctetReader): [number, number] {
  const packed = r.uint(5);
  return [Math.floor(packed / 2 ** 34), signed(packed % 2 ** 34, 34) / 2 ** 25];
}

function writeDegrees(w: OctetWriter, resolution: number, degrees: number): void {
  w.bits(5, [resolution, 6], [unsigned(Math.round(degrees * 2 ** 25), 34), 34]);
}

function readCoordinates(r: OctetReader): Coordinates {
  const [latitudeResolution, latitude] = readDegrees(r);
  const [longitudeResolution, longitude] = readDegrees(r);
  const packed = r.uint(5);
  return {
    format: 'coordinates',
    latitudeResolution,
    latitude,
    longitudeResolution,
    longitude,
    altitudeType: Math.floor(packed / 2 ** 36),
    altitudeResolution: Math.floor(packed / 2 ** 30) % 64,
    altitude: signed(packed % 2 ** 30, 30) / 256,
    datum: r.uint(1),
  };
}

function readCivic(r: OctetReader): CivicAddress {
  // Octets of `what`, country and elements; what follows inside the TLV is padding.
  const body = r.uint(1);
  if (body < 3 || body > r.left) r.fail(`civic address of ${body} octets where 3 to ${r.left} are possible`);
  // After a failed check nothing is left to read, and `body` must not make the end negative.
  const end = Math.max(r.left - body, 0);
  const [what, country] = [r.uint(1), r.text(2)];
  const elements = [];
  while (r.left > end) {
    const type = r.uint(1);
    elements.push({ type, value: r.text(r.uint(1)) });
  }
  if (r.left < end) r.fail('a civic address element runs past the end of the address');
  return { format: 'civic', what, country, elements };
}

function writeCivic(w: OctetWriter, civic: CivicAddress): void {
  const encoder = new TextEncoder();
  const elements = civic.elements.map((element) => ({ type: element.type, value: encoder.encode(element.value) }));
  w.uint(1, 3 + elements.reduce((sum, element) => sum + 2 + element.value.length, 0));
  w.uint(1, civic.what);
  w.text(civic.country);
  for (const element of elements) {
    w.uint(1, element.type);
    w.counted(element.value);
  }
}

function writeLocation(w: OctetWriter, location: MedLocationTlv['location']): void {
  switch (location.format) {
    case 'coordinates':
      w.uint(1, 1);
      writeDegrees(w, location.latitudeResolution, location.latitude);
      writeDegrees(w, location.longitudeResolution, location.longitude);
      w.bits(
        5,
        [location.altitudeType, 4],
        [location.altitudeResolution, 6],
        [unsigned(Math.round(location.altitude * 256), 30), 30],
      );
      w.uint(1, location.datum);
      return;
    case 'civic':
      w.uint(1, 2);
      writeCivic(w, location);
      return;
    case 'elin':
      w.uint(1, 3);
      w.text(location.number);
      return;
    case 'unknown':
      w.uint(1, location.code);
      w.put(location.data);
  }
}

const inventory = (kind: MedInventoryTlv['kind'], code: number) =>
  layout<MedInventoryTlv>({ kind, code, decode: (r) => ({ text: r.text() }), encode: (w, tlv) => w.text(tlv.text) });

export const medLayouts = [
  layout<MedCapabilitiesTlv>({
    kind: 'med-capabilities',
    code: 1,
    decode: (r) => ({ capabilities: r.uint(2), deviceType: r.uint(1) }),
    encode(w, tlv) {
      w.uint(2, tlv.capabilities);
      w.uint(1, tlv.deviceType);
    },
  }),
  layout<MedNetworkPolicyTlv>({
    kind: 'med-network-policy',
    code: 2,
    decode(r) {
      const application = r.uint(1);
      const bits = r.uint(3);
      return {
        application,
        unknown: (bits & 0x800000) !== 0,
        tagged: (bits & 0x400000) !== 0,
        vlan: (bits >> 9) & 0xfff,
        priority: (bits >> 6) & 7,
        dscp: bits & 63,
      };
    },
    encode(w, tlv) {
      w.uint(1, tlv.application);
      w.bits(
        3,
        [Number(tlv.unknown), 1],
        [Number(tlv.tagged), 1],
        [0, 1],
        [tlv.vlan, 12],
        [tlv.priority, 3],
        [tlv.dscp, 6],
      );
    },
  }),
  layout<MedLocationTlv>({
    kind: 'med-location',
    code: 3,
    decode(r) {
      const code = r.uint(1);
      if (code === 1) return { location: readCoordinates(r) };
      if (code === 2) return { location: readCivic(r) };
      if (code === 3) return { location: { format: 'elin', number: r.text() } };
      return { location: { format: 'unknown', code, data: r.take() } };
    },
    encode: (w, tlv) => writeLocation(w, tlv.location),
  }),
  layout<MedPowerTlv>({
    kind: 'med-extended-power',
    code: 4,
    decode(r) {
      const head = r.uint(1);
      return { powerType: head >> 6, powerSource: (head >> 4) & 3, priority: head & 15, power: r.uint(2) };
    },
    encode(w, tlv) {
      w.bits(1, [tlv.powerType, 2], [tlv.powerSource, 2], [tlv.priority, 4]);
      w.uint(2, tlv.power);
    },
  }),
  inventory('med-hardware-revision', 5),
  inventory('med-firmware-revision', 6),
  inventory('med-software-revision', 7),
  inventory('med-serial-number', 8),
  inventory('med-manufacturer', 9),
  inventory('med-model', 10),
  inventory('med-asset-id', 11),
];
