import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFrame, decode, describeFrame, encode, parseFrame, readCapture } from '../../../topology/lldp/index.ts';

const tlvs = decode(
  Buffer.from('0207045254000000010404054574310602007808025031 0a027331fe060080c20100640000'.replace(/\s/g, ''), 'hex'),
).tlvs;
const payload = encode({ tlvs });
const frame = buildFrame({ source: '52:54:00:00:00:01', payload });

function pcap(little: boolean, magic: number, fraction: number): Buffer {
  const file = Buffer.alloc(24 + 16 + frame.length);
  const u32 = (value: number, at: number) => (little ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at));
  u32(magic, 0);
  u32(262_144, 16);
  u32(1, 20);
  u32(1_700_000_000, 24);
  u32(fraction, 28);
  u32(frame.length, 32);
  u32(frame.length, 36);
  file.set(frame, 40);
  return file;
}

function pcapng(little: boolean, resolution: number, units: bigint): Buffer {
  const u16 = (value: number) => {
    const b = Buffer.alloc(2);
    little ? b.writeUInt16LE(value) : b.writeUInt16BE(value);
    return b;
  };
  const u32 = (value: number) => {
    const b = Buffer.alloc(4);
    little ? b.writeUInt32LE(value) : b.writeUInt32BE(value);
    return b;
  };
  const block = (type: number, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    return Buffer.concat([u32(type), u32(padded.length + 12), padded, u32(padded.length + 12)]);
  };
  return Buffer.concat([
    block(0x0a0d0d0a, u32(0x1a2b3c4d), u16(1), u16(0), u32(0xffffffff), u32(0xffffffff)),
    block(1, u16(1), u16(0), u32(0), u16(9), u16(1), Buffer.from([resolution, 0, 0, 0]), u16(0), u16(0)),
    block(5, u32(0), u32(0), u32(0)),
    block(
      6,
      u32(0),
      u32(Number(units >> 32n)),
      u32(Number(units & 0xffffffffn)),
      u32(frame.length),
      u32(frame.length),
      Buffer.from(frame),
    ),
    block(3, u32(frame.length), Buffer.from(frame)),
  ]);
}

test.each([
  ['little-endian microseconds', true, 0xa1b2c3d4, 250_000],
  ['big-endian microseconds', false, 0xa1b2c3d4, 250_000],
  ['little-endian nanoseconds', true, 0xa1b23c4d, 250_000_000],
  ['big-endian nanoseconds', false, 0xa1b23c4d, 250_000_000],
] as const)('a %s pcap is read', (_, little, magic, fraction) => {
  const capture = readCapture(pcap(little, magic, fraction));
  expect(capture).toMatchObject({ format: 'pcap', problems: [] });
  expect(capture.frames[0]?.timeMs).toBeCloseTo(1_700_000_000_250, 3);
  expect(capture.frames[0]?.bytes).toEqual(frame);
});

test.each([
  ['little-endian microseconds', true, 6, 1_700_000_000_250_000n],
  ['big-endian nanoseconds', false, 9, 1_700_000_000_250_000_000n],
] as const)('a %s pcapng is read', (_, little, resolution, units) => {
  const capture = readCapture(pcapng(little, resolution, units));
  expect(capture).toMatchObject({ format: 'pcapng', problems: [] });
  expect(capture.frames).toHaveLength(2);
  expect(capture.frames[0]?.timeMs).toBeCloseTo(1_700_000_000_250, 0);
  expect(capture.frames.map((one) => Buffer.from(one.bytes))).toEqual([Buffer.from(frame), Buffer.from(frame)]);
});

const digits = Buffer.from(frame).toString('hex');
const lines = digits.match(/.{1,32}/g) ?? [];
const pairs = (line: string) => line.match(/../g) ?? [];
const ascii = (line: string) =>
  Buffer.from(line, 'hex')
    .toString('latin1')
    .replace(/[^ -~]/g, '.');
const offset = (index: number, width: number) => (index * 16).toString(16).padStart(width, '0');
const hexTexts: Record<string, string> = {
  plain: digits,
  spaced: pairs(digits).join(' '),
  colons: pairs(digits).join(':'),
  'wrapped lines': lines.join('\n'),
  'with comments': `# from the lab\n${digits}\n`,
  xxd: lines
    .map((l, i) => `${offset(i, 8)}: ${(l.match(/.{1,4}/g) ?? []).join(' ').padEnd(39)}  ${ascii(l)}`)
    .join('\n'),
  'hexdump -C': lines
    .map((l, i) => {
      const p = pairs(l);
      return `${offset(i, 8)}  ${p.slice(0, 8).join(' ')}  ${p.slice(8).join(' ').padEnd(23)}  |${ascii(l)}|`;
    })
    .join('\n'),
  'tcpdump -xx': [
    '12:00:00.000000 LLDP, length 58: s1',
    ...lines.map((l, i) => `\t0x${offset(i, 4)}:  ${(l.match(/.{1,4}/g) ?? []).join(' ')}`),
  ].join('\n'),
};

test.each(Object.entries(hexTexts))('hex text is read: %s', (_, text) => {
  const capture = readCapture(Buffer.from(text));
  expect(capture.format).toBe('hex');
  expect(capture.frames.map((one) => Buffer.from(one.bytes).toString('hex'))).toEqual([digits]);
});

test('two dumps in one text are two frames, with or without a blank line', () => {
  const dump = hexTexts.xxd ?? '';
  expect(readCapture(Buffer.from(`${dump}\n${dump}`)).frames).toHaveLength(2);
  expect(readCapture(Buffer.from(`${digits}\n\n${digits}`)).frames).toHaveLength(2);
});

test('a bare LLDPDU in hex is described, as agents print it', () => {
  const [only] = readCapture(Buffer.from(Buffer.from(payload).toString('hex'))).frames;
  expect(only && describeFrame(only)).toMatchObject({ source: null, system_name: 's1', errors: [] });
});

test('damaged captures give the frames before the damage and say what is wrong', () => {
  const whole = pcap(true, 0xa1b2c3d4, 0);
  const cut = Buffer.concat([whole, whole.subarray(24, 24 + 30)]);
  expect(readCapture(cut)).toMatchObject({ problems: [expect.stringContaining('frame 2 is cut short')] });
  expect(readCapture(cut).frames).toHaveLength(1);
  const ng = pcapng(true, 6, 0n);
  ng.writeUInt32LE(7, 28 + 4);
  expect(readCapture(ng)).toMatchObject({ frames: [], problems: [expect.stringContaining('impossible length')] });
});

test('what is no capture is refused with the next step', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('hello world'), Buffer.from([0xff, 0, 1, 2])]) {
    expect(() => readCapture(bytes)).toThrowError(expect.objectContaining({ code: 'capture_unrecognised' }));
  }
});

test('no bytes make the capture reader throw anything else', () => {
  const seeds = [
    pcap(true, 0xa1b2c3d4, 1),
    pcap(false, 0xa1b23c4d, 1),
    pcapng(true, 6, 5n),
    pcapng(false, 9, 5n),
    Buffer.from(hexTexts.xxd ?? ''),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.nat(),
      (seed, edits, cut) => {
        const bytes = Buffer.from(seed.subarray(0, cut % (seed.length + 1)));
        for (const [at, octet] of edits) if (bytes.length > 0) bytes[at % bytes.length] = octet;
        try {
          for (const one of readCapture(bytes).frames) describeFrame(one);
        } catch (error) {
          expect(error).toMatchObject({ code: 'capture_unrecognised' });
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test('VLAN tags in front of the ethertype are passed over; other frames are null', () => {
  const tagged = Buffer.concat([frame.subarray(0, 12), Buffer.from('88a80064810000c8', 'hex'), frame.subarray(12)]);
  expect(parseFrame(tagged)).toMatchObject({ vlans: [100, 200], source: '52:54:00:00:00:01' });
  expect(new Uint8Array(parseFrame(tagged)?.payload.subarray(0, payload.length) ?? [])).toEqual(payload);
  expect(parseFrame(Buffer.from('ffffffffffff5254000000010800', 'hex'))).toBeNull();
  expect(parseFrame(Buffer.alloc(3))).toBeNull();
});

test('the description is plain JSON with names for subtypes', () => {
  const described = describeFrame({ bytes: frame, timeMs: 0, linkType: 1 });
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  expect(described).toMatchObject({
    time: '1970-01-01T00:00:00.000Z',
    destination: '01:80:c2:00:00:0e',
    chassis_id: { subtype: 'mac-address', value: '52:54:00:00:00:01' },
    port_id: { subtype: 'interface-name', value: 'Et1' },
    ttl: 120,
    system_name: 's1',
  });
  expect(described?.tlvs).toContainEqual({ kind: 'dot1-port-vlan-id', vlan: 100 });
});

test('Linux cooked captures carry LLDP too', () => {
  const cooked = Buffer.concat([Buffer.from('000400010006525400000001000088cc', 'hex'), payload]);
  expect(describeFrame({ bytes: cooked, timeMs: null, linkType: 113 })).toMatchObject({
    system_name: 's1',
    source: null,
  });
  expect(describeFrame({ bytes: cooked, timeMs: null, linkType: 228 })).toBeNull();
});

const fixtures = '../shared/fixtures/lldp';
describe.skipIf(!existsSync(fixtures))(`real frames (${fixtures}, skipped where absent)`, () => {
  const first = (name: string) => {
    const [one] = readCapture(readFileSync(`${fixtures}/${name}`)).frames;
    return one ? describeFrame(one) : null;
  };

  test('Cisco SG200: locally assigned chassis id, civic location, MED inventory', () => {
    const described = first('sg200.pcap');
    expect(described).toMatchObject({ port_id: { subtype: 'interface-name', value: 'g1' }, ttl: 120 });
    expect(described?.tlvs).toContainEqual(
      expect.objectContaining({
        kind: 'med-location',
        location: {
          format: 'civic',
          what: 2,
          country: 'DE',
          elements: [
            { type: 3, value: 'Berlin' },
            { type: 6, value: 'Karl-Liebknecht-Strase' },
            { type: 25, value: '42' },
          ],
        },
      }),
    );
  });

  test('ConnectX NIC', () => {
    expect(first('connectx.pcap')).toMatchObject({
      chassis_id: { subtype: 'mac-address', value: '50:6b:4b:f6:1e:b3' },
      port_id: { subtype: 'mac-address', value: '50:6b:4b:f6:1e:b1' },
      port_description: 'ConnectX-4 Lx, 25G/10G/1G SFP',
    });
  });

  test('a malformed MED location is an error of that TLV only', () => {
    const described = first('med-loc-malformed.pcap');
    expect(described?.errors).toContainEqual(
      expect.objectContaining({ tlv_type: 127, message: expect.stringContaining('med-location') }),
    );
    expect(described?.tlvs).toContainEqual(expect.objectContaining({ kind: 'port-description', text: 'eth0' }));
  });

  test('a Linux host with management addresses and inventory', () => {
    const described = first('lldp.1.raw');
    expect(described).toMatchObject({ errors: [] });
    expect(described?.tlvs).toContainEqual(
      expect.objectContaining({ kind: 'management-address', address_text: '10.238.80.75', interface_number: 3 }),
    );
  });
});
