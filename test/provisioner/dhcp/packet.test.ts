import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUserClass, decodeUuid, describeClient, encodeUuid } from '../../../provisioner/dhcp/client.ts';
import { OPTION } from '../../../provisioner/dhcp/constants.ts';
import { decodeDhcp, encodeDhcp } from '../../../provisioner/dhcp/packet.ts';
import { decodeRelayInfo, encodeRelayInfo } from '../../../provisioner/dhcp/relay-agent.ts';
import { clientMessage } from './support/client.ts';

/** A message whose options field, file and sname hold exactly these bytes. */
function raw(options: number[], file: number[] = [], sname: number[] = []): Buffer {
  const bytes = Buffer.alloc(240 + options.length);
  encodeDhcp(clientMessage({})).copy(bytes, 0, 0, 240);
  Buffer.from(sname).copy(bytes, 44);
  Buffer.from(file).copy(bytes, 108);
  Buffer.from(options).copy(bytes, 240);
  return bytes;
}

describe('the DHCP codec', () => {
  test('gives back what was encoded, whatever the options', () => {
    const option = fc.tuple(fc.integer({ min: 1, max: 254 }), fc.uint8Array({ maxLength: 600 }));
    fc.assert(
      fc.property(fc.array(option, { maxLength: 8 }), fc.integer({ min: 0, max: 0xffffffff }), (options, xid) => {
        const kept = options.filter(([code]) => code !== OPTION.OVERLOAD && code !== OPTION.MESSAGE_TYPE);
        const packet = clientMessage({ xid, options: kept.map(([code, value]) => [code, Buffer.from(value)]) });
        const back = decodeDhcp(encodeDhcp(packet));
        expect(back).not.toBeNull();
        expect(back?.xid).toBe(xid);
        expect([...back!.options].sort(byCode)).toEqual([...packet.options].sort(byCode));
      }),
    );
  });

  test('joins an option that comes in pieces, over options field, file and sname in that order (RFC 3396)', () => {
    const packet = decodeDhcp(
      raw([53, 1, 1, 52, 1, 3, 67, 2, 0x61, 0x62, 0, 67, 1, 0x63, 255], [67, 1, 0x64, 255], [67, 1, 0x65, 255]),
    );
    expect(packet?.options.get(67)?.toString()).toBe('abcde');
    expect(packet?.file).toBe('');
    expect(packet?.sname).toBe('');
    expect(packet?.options.has(52)).toBe(false);
  });

  test('leaves file a file name when only sname is overloaded', () => {
    const packet = decodeDhcp(raw([53, 1, 1, 52, 1, 2, 255], [0x78, 0x79], [12, 1, 0x68, 255]));
    expect(packet?.file).toBe('xy');
    expect(packet?.options.get(12)?.toString()).toBe('h');
  });

  test.each([
    ['an option past the end', raw([53, 1, 1, 67, 9, 1])],
    ['a code without a length', raw([53, 1, 1, 67])],
    ['an overload of 4', raw([53, 1, 1, 52, 1, 4, 255])],
    ['an overload of two bytes', raw([53, 1, 1, 52, 2, 1, 1, 255])],
    ['overloaded options past the end of the field', raw([53, 1, 1, 52, 1, 1, 255], [67, 200])],
    ['no cookie', Buffer.alloc(300, 1)],
    ['too short', Buffer.alloc(239, 1)],
    ['nothing', Buffer.alloc(0)],
  ])('answers null to %s', (_what, bytes) => {
    expect(decodeDhcp(bytes)).toBeNull();
  });

  test('answers null to a hardware address longer than its field', () => {
    const bytes = encodeDhcp(clientMessage({}));
    bytes[2] = 17;
    expect(decodeDhcp(bytes)).toBeNull();
  });

  test('puts the relay agent option last', () => {
    const bytes = encodeDhcp(
      clientMessage({
        options: [
          [82, Buffer.from([1, 1, 65])],
          [60, Buffer.from('x')],
        ],
      }),
    );
    expect(bytes.indexOf(Buffer.from([82, 3, 1, 1, 65, 255]))).toBeGreaterThan(
      bytes.indexOf(Buffer.from([60, 1, 0x78])),
    );
  });

  test('refuses a file name that does not fit', () => {
    expect(() => encodeDhcp(clientMessage({ file: 'x'.repeat(128) }))).toThrow(/option 66 or 67/);
  });
});

describe('what a client says about itself', () => {
  test('iPXE is known by the raw user class, the RFC 3004 one, and option 175', () => {
    const ipxe = (code: number, value: Buffer) => describeClient(clientMessage({ options: [[code, value]] }))?.ipxe;
    expect(ipxe(77, Buffer.from('iPXE'))).toBe(true);
    expect(ipxe(77, Buffer.from('\x04iPXE'))).toBe(true);
    expect(ipxe(77, Buffer.from('\x01a\x04iPXE'))).toBe(true);
    expect(ipxe(175, Buffer.from([1, 1, 1]))).toBe(true);
    expect(ipxe(77, Buffer.from('other'))).toBe(false);
  });

  test('a user class whose lengths do not fit is one bare string', () => {
    expect(decodeUserClass(Buffer.from('\x02ab\x09c'))).toEqual(['\x02ab\x09c']);
    expect(decodeUserClass(undefined)).toEqual([]);
  });

  test('option 97 becomes the UUID that dmidecode shows', () => {
    const wire = Buffer.from('00' + '33221100554477668899aabbccddeeff', 'hex');
    expect(decodeUuid(wire)).toBe('00112233-4455-6677-8899-aabbccddeeff');
    expect(encodeUuid('00112233-4455-6677-8899-aabbccddeeff')).toEqual(wire);
    expect(decodeUuid(wire.subarray(0, 16))).toBeNull();
  });

  test('relay suboptions are read, and null when their lengths do not add up', () => {
    const option = encodeRelayInfo({ circuitId: 'Eth1/1', remoteId: '\x01\x02', sourcePort: true });
    expect(decodeRelayInfo('10.0.0.1', option)).toEqual({
      giaddr: '10.0.0.1',
      circuitId: 'Eth1/1',
      remoteId: '0102',
      linkSelection: null,
      sourcePort: true,
    });
    expect(decodeRelayInfo('10.0.0.1', Buffer.from([1, 9, 65]))).toBeNull();
    expect(decodeRelayInfo('10.0.0.1', Buffer.from([1]))).toBeNull();
  });
});

function byCode(a: [number, Buffer], b: [number, Buffer]): number {
  return a[0] - b[0];
}
