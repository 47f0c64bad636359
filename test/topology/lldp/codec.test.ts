import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChassisIdTlv,
  decode,
  decodeLldpRaw,
  encode,
  encodeLldpRaw,
  type Tlv,
} from '../../../topology/lldp/index.ts';
import { lldpduTlvs } from './arbitrary.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const mandatory = '0207 04 525400000001 0403 05 6531 0602 0078';

test('what is encoded is decoded to the same TLVs, without errors', () => {
  fc.assert(
    fc.property(lldpduTlvs, (tlvs) => {
      const decoded = decode(encode({ tlvs }));
      expect(decoded.errors).toEqual([]);
      expect(decoded.tlvs).toEqual(tlvs);
    }),
    { numRuns: 500 },
  );
});

test.each([0, 1, 63, 64, 65, 128, 300])('a TLV of %i octets is written, wherever the buffer has to grow', (length) => {
  const text = 'x'.repeat(length);
  const tlvs: Tlv[] = [
    { kind: 'chassis-id', subtype: 4, id: hex('525400000001') },
    { kind: 'port-id', subtype: 5, id: hex('6531') },
    { kind: 'ttl', seconds: 120 },
    { kind: 'port-description', text },
    { kind: 'system-name', text: `${text}é` },
    { kind: 'system-description', text },
    { kind: 'org-specific', oui: '00-01-42', subtype: 1, value: new Uint8Array(length) },
    { kind: 'end' },
  ];
  expect(decode(encode({ tlvs })).tlvs).toEqual(tlvs);
});

test('any bytes come back unchanged from decode and encode', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
      expect(Buffer.from(encode(decode(bytes)))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 1000 },
  );
});

test('lldp_raw of the agent is read and written without loss', () => {
  fc.assert(
    fc.property(lldpduTlvs, (tlvs) => {
      const raw = encodeLldpRaw({ tlvs });
      expect(decodeLldpRaw(raw)).toEqual(decode(encode({ tlvs })));
    }),
  );
  const agent = [
    [1, '04885a92ec5459'],
    [2, '0545746865726e6574312f3138'],
    [3, '0078'],
  ];
  const decoded = decodeLldpRaw(agent);
  expect(decoded.errors).toEqual([]);
  expect(Buffer.from(decoded.portId?.id ?? []).toString()).toBe('Ethernet1/18');
});

test.each([null, 'x', [[1]], [[200, '00']], [[1, 'zz']], [[1, '0'.repeat(1026)]], Array(800).fill([9, ''])])(
  'lldp_raw %# that is no list of TLVs is refused',
  (raw) => {
    expect(() => decodeLldpRaw(raw)).toThrowError(expect.objectContaining({ code: 'lldp_raw_invalid' }));
  },
);

test('the summary holds what the first TLVs say', () => {
  const decoded = decode(hex(`${mandatory} 0a02 7331 0802 7078 0c01 64 0000`));
  expect(decoded).toMatchObject({
    chassisId: { subtype: 4 },
    portId: { subtype: 5 },
    ttl: 120,
    systemName: 's1',
    portDescription: 'px',
    systemDescription: 'd',
    errors: [],
  });
});

test('a TLV longer than the frame is named with its offset and its bytes are kept', () => {
  const bytes = hex(`${mandatory} 0aff 7331`);
  const decoded = decode(bytes);
  expect(decoded.errors[0]).toEqual({ offset: 18, tlvType: 5, message: 'TLV of 255 octets, but only 2 are left' });
  expect(decoded.rest).toEqual(hex('0aff 7331'));
});

test('a value that breaks its layout is kept as malformed and the rest is still read', () => {
  const decoded = decode(hex(`${mandatory} fe05 0080c201 01 0a02 7331 0000`));
  expect(decoded.tlvs[3]).toEqual({
    kind: 'malformed',
    type: 127,
    value: hex('0080c20101'),
    reason: 'dot1-port-vlan-id: value ends early: 2 more octets expected, 1 left',
  });
  expect(decoded.systemName).toBe('s1');
  expect(decoded.errors).toHaveLength(1);
});

test('reserved bits and padding are kept in raw and sent again', () => {
  const bytes = hex(`${mandatory} fe06 0080c201 0064 fe09 0080c201 0064 000000 0000`);
  const [clean, padded] = decode(bytes).tlvs.slice(3);
  expect(clean).toEqual({ kind: 'dot1-port-vlan-id', vlan: 100 });
  expect(padded).toEqual({ kind: 'dot1-port-vlan-id', vlan: 100, raw: hex('0064000000') });
  expect(encode(decode(bytes))).toEqual(bytes);
});

test('wrong order, repetition and a missing end are errors of the standard, not of the decoder', () => {
  const messages = (text: string) => decode(hex(text)).errors.map((error) => error.message);
  expect(messages('0403 05 6531 0207 04 525400000001 0602 0078 0000')).toEqual([
    'TLV 1 of an LLDPDU must be of type 1, this one is of type 2',
    'TLV 2 of an LLDPDU must be of type 2, this one is of type 1',
  ]);
  expect(messages(`${mandatory} 0a01 61 0a01 62 0000`)).toEqual(['a second system-name TLV']);
  expect(messages(mandatory)).toEqual(['no End Of LLDPDU TLV']);
  expect(messages('')).toEqual(['no End Of LLDPDU TLV', 'chassis id, port id or TTL is missing']);
});

test('a value that does not fit its field is refused, not cut', () => {
  const refused = (tlv: Tlv) =>
    expect(() => encode({ tlvs: [tlv] })).toThrowError(expect.objectContaining({ code: 'lldp_value_invalid' }));
  refused({ kind: 'ttl', seconds: 65_536 });
  refused({ kind: 'ttl', seconds: 1.5 });
  refused({ kind: 'system-name', text: 'x'.repeat(512) });
  refused({ kind: 'unknown', type: 128, value: new Uint8Array() });
  refused({ kind: 'org-specific', oui: '0080c2', subtype: 1, value: new Uint8Array() });
  refused({ kind: 'dot1-ets-recommendation', priorityToClass: [1], bandwidth: [], algorithm: [] });
  refused({ kind: 'dot1-priority-flow-control', willing: true, macSecBypass: false, capability: 16, enabled: [] });
  refused({ kind: 'nonsense' } as unknown as Tlv);
});

test('editing a decoded TLV takes effect once raw is removed', () => {
  const decoded = decode(hex(`${mandatory} fe09 0080c201 0064 000000 0000`));
  const tlvs = decoded.tlvs.map((tlv): Tlv => (tlv.kind === 'dot1-port-vlan-id' ? { kind: tlv.kind, vlan: 7 } : tlv));
  expect(decode(encode({ tlvs })).tlvs[3]).toEqual({ kind: 'dot1-port-vlan-id', vlan: 7 });
});

test('802.3bt power, civic location and EVB are read field by field', () => {
  const power = decode(
    hex(`${mandatory} fe1d 00120f02 07 01 05 53 00ff 00c8 0001 0002 0003 0004 8000 01 0384 02 0000ff 0000`),
  ).tlvs[3];
  expect(power).toMatchObject({
    kind: 'dot3-power-via-mdi',
    classification: { powerType: 1, powerSource: 1, priority: 3, requested: 255, allocated: 200 },
    typeThree: { requestedA: 1, allocatedB: 4, status: 0x8000, maxAvailable: 900, powerDown: 255 },
  });
  const evb = decode(hex(`${mandatory} fe09 0080c20d 01 02 03 68 25 0000`)).tlvs[3];
  expect(evb).toMatchObject({ mode: 1, remoteWaitDelay: true, waitDelayExponent: 8, keepAliveExponent: 5 });
});

test('decoded octets do not keep the buffer of the capture alive', () => {
  const bytes = hex(`${mandatory} 0000`);
  const chassis = decode(bytes).tlvs[0] as ChassisIdTlv;
  bytes.fill(0);
  expect(Buffer.from(chassis.id).toString('hex')).toBe('525400000001');
});
