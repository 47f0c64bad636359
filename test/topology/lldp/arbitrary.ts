import fc from 'fast-check';
import type { Tlv } from '../../../topology/lldp/index.ts';

const u = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const octets = (min: number, max: number) =>
  fc.array(u(8), { minLength: min, maxLength: max }).map((list) => Uint8Array.from(list));
const eight = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 8, maxLength: 8 });
const text = (max: number) =>
  fc
    .string({ unit: 'binary', maxLength: max })
    .filter((value) => Buffer.byteLength(value) <= max && isWellFormed(value));
const isWellFormed = (value: string) => new TextDecoder().decode(new TextEncoder().encode(value)) === value;
const ets = { priorityToClass: eight(u(4)), bandwidth: eight(u(8)), algorithm: eight(u(8)) };
const kind = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds);

const id = (macSubtype: number) =>
  fc.oneof(
    fc.record({ subtype: fc.constant(macSubtype), id: octets(6, 6) }),
    fc.record({ subtype: u(8).filter((subtype) => subtype !== macSubtype), id: octets(1, 255) }),
  );
const idTlv = <K extends 'chassis-id' | 'port-id'>(name: K, macSubtype: number) =>
  id(macSubtype).map((fields) => ({ kind: name, ...fields }));

const signedFraction = (bits: number, fraction: number) =>
  fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }).map((value) => value / 2 ** fraction);

const location = fc.oneof(
  fc.record({
    format: fc.constant('coordinates' as const),
    latitudeResolution: u(6),
    latitude: signedFraction(34, 25),
    longitudeResolution: u(6),
    longitude: signedFraction(34, 25),
    altitudeType: u(4),
    altitudeResolution: u(6),
    altitude: signedFraction(30, 8),
    datum: u(8),
  }),
  fc.record({
    format: fc.constant('civic' as const),
    what: u(8),
    country: fc.constantFrom('DE', 'US', 'FI'),
    elements: fc.array(fc.record({ type: u(8), value: text(30) }), { maxLength: 6 }),
  }),
  fc.record({ format: fc.constant('elin' as const), number: text(25) }),
  fc.record({
    format: fc.constant('unknown' as const),
    code: u(8).filter((code) => code === 0 || code > 3),
    data: octets(0, 40),
  }),
);

const classification = fc.record({
  powerType: u(2),
  powerSource: u(2),
  pd4Pid: u(1),
  priority: u(2),
  requested: u(16),
  allocated: u(16),
});
const typeThree = fc.record({
  requestedA: u(16),
  requestedB: u(16),
  allocatedA: u(16),
  allocatedB: u(16),
  status: u(16),
  systemSetup: u(8),
  maxAvailable: u(16),
  autoclass: u(8),
  powerDown: u(24),
});
const mdi = {
  kind: kind('dot3-power-via-mdi'),
  pse: fc.boolean(),
  supported: fc.boolean(),
  enabled: fc.boolean(),
  pairControl: fc.boolean(),
  pair: u(8),
  powerClass: u(8),
};

/** Any TLV in the form decode() gives it, except End, malformed, and the three that must come first. */
export const optionalTlv: fc.Arbitrary<Tlv> = fc.oneof(
  fc.record({ kind: kind('port-description', 'system-name', 'system-description'), text: text(255) }),
  fc.record({ kind: kind('system-capabilities'), capabilities: u(16), enabled: u(16) }),
  fc.record({
    kind: kind('management-address'),
    family: u(8),
    address: octets(1, 31),
    interfaceSubtype: u(8),
    interfaceNumber: u(32),
    oid: octets(0, 128),
  }),
  fc.record({ kind: kind('dot1-port-vlan-id', 'dot1-management-vid'), vlan: u(16) }),
  fc.record({
    kind: kind('dot1-port-protocol-vlan-id'),
    supported: fc.boolean(),
    enabled: fc.boolean(),
    vlan: u(16),
  }),
  fc.record({ kind: kind('dot1-vlan-name'), vlan: u(16), name: text(32) }),
  fc.record({ kind: kind('dot1-protocol-identity'), identity: octets(0, 255) }),
  fc.record({ kind: kind('dot1-vid-usage-digest'), digest: u(32) }),
  fc.record({
    kind: kind('dot1-link-aggregation', 'dot3-link-aggregation'),
    capable: fc.boolean(),
    aggregated: fc.boolean(),
    portType: u(2),
    aggregatedPortId: u(32),
  }),
  fc.record({ kind: kind('dot1-congestion-notification'), cnpv: eight(fc.boolean()), ready: eight(fc.boolean()) }),
  fc.record({
    kind: kind('dot1-ets-configuration'),
    willing: fc.boolean(),
    creditBasedShaper: fc.boolean(),
    maxClasses: u(3),
    ...ets,
  }),
  fc.record({ kind: kind('dot1-ets-recommendation'), ...ets }),
  fc.record({
    kind: kind('dot1-priority-flow-control'),
    willing: fc.boolean(),
    macSecBypass: fc.boolean(),
    capability: u(4),
    enabled: eight(fc.boolean()),
  }),
  fc.record({
    kind: kind('dot1-application-priority'),
    entries: fc.array(fc.record({ priority: u(3), selector: u(3), protocol: u(16) }), { maxLength: 20 }),
  }),
  fc.record({
    kind: kind('dot1-edge-virtual-bridging'),
    bridgeStatus: u(8),
    stationStatus: u(8),
    retries: u(5),
    mode: u(2),
    remoteWaitDelay: fc.boolean(),
    waitDelayExponent: u(5),
    remoteKeepAlive: fc.boolean(),
    keepAliveExponent: u(5),
  }),
  fc.record({
    kind: kind('dot1-cdcp'),
    station: fc.boolean(),
    sComponent: fc.boolean(),
    channelCapacity: u(12),
    channels: fc.array(fc.record({ channel: u(12), vlan: u(12) }), { maxLength: 20 }),
  }),
  fc.record({
    kind: kind('dot3-mac-phy'),
    autonegSupported: fc.boolean(),
    autonegEnabled: fc.boolean(),
    advertised: u(16),
    mauType: u(16),
  }),
  fc.record({ ...mdi, classification: fc.constant(null), typeThree: fc.constant(null) }),
  fc.record({ ...mdi, classification, typeThree: fc.option(typeThree) }),
  fc.record({ kind: kind('dot3-max-frame-size'), octets: u(16) }),
  fc.record({
    kind: kind('dot3-energy-efficient-ethernet'),
    transmitTw: u(16),
    receiveTw: u(16),
    fallbackReceiveTw: u(16),
    echoTransmitTw: u(16),
    echoReceiveTw: u(16),
  }),
  fc.record({
    kind: kind('dot3-additional-capabilities'),
    preemptionSupported: fc.boolean(),
    preemptionEnabled: fc.boolean(),
    preemptionActive: fc.boolean(),
    addFragmentSize: u(2),
  }),
  fc.record({ kind: kind('med-capabilities'), capabilities: u(16), deviceType: u(8) }),
  fc.record({
    kind: kind('med-network-policy'),
    application: u(8),
    unknown: fc.boolean(),
    tagged: fc.boolean(),
    vlan: u(12),
    priority: u(3),
    dscp: u(6),
  }),
  fc.record({ kind: kind('med-location'), location }),
  fc.record({
    kind: kind('med-extended-power'),
    powerType: u(2),
    powerSource: u(2),
    priority: u(4),
    power: u(16),
  }),
  fc.record({
    kind: kind(
      'med-hardware-revision',
      'med-firmware-revision',
      'med-software-revision',
      'med-serial-number',
      'med-manufacturer',
      'med-model',
      'med-asset-id',
    ),
    text: text(32),
  }),
  fc.record({ kind: kind('unknown'), type: fc.integer({ min: 9, max: 126 }), value: octets(0, 511) }),
  fc.record({
    kind: kind('org-specific'),
    oui: fc.constantFrom('00-1b-21', '00-01-42', '00-26-e1'),
    subtype: u(8),
    value: octets(0, 507),
  }),
) as fc.Arbitrary<Tlv>;

/** A whole LLDPDU that keeps the standard's order. */
export const lldpduTlvs: fc.Arbitrary<Tlv[]> = fc
  .tuple(idTlv('chassis-id', 4), idTlv('port-id', 3), u(16), fc.array(optionalTlv, { maxLength: 12 }))
  .map(([chassis, port, seconds, rest]) => {
    const once = new Set<string>();
    const optional = rest.filter((tlv) => {
      const single = /^(port-description|system-)/.test(tlv.kind);
      if (single && once.has(tlv.kind)) return false;
      once.add(tlv.kind);
      return true;
    });
    return [chassis, port, { kind: 'ttl', seconds }, ...optional, { kind: 'end' }];
  });
