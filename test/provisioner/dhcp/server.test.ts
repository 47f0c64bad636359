import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OPTION } from '../../../provisioner/dhcp/constants.ts';
import { MemoryLeaseStore } from '../../../provisioner/dhcp/lease.ts';
import type { DhcpPacket } from '../../../provisioner/dhcp/packet.ts';
import { encodeRelayInfo } from '../../../provisioner/dhcp/relay-agent.ts';
import { type DhcpEvent, type DhcpServer, startDhcpServer } from '../../../provisioner/dhcp/server.ts';
import type { DhcpDecision, DhcpQuery } from '../../../provisioner/dhcp/transaction.ts';
import { clientMessage, DhcpPeer, type MessageParts } from './support/client.ts';
import { INSPECTION, PROVISIONING } from './support/scope.ts';

const KNOWN = '52:54:00:00:00:01';
const UUID = '00112233-4455-6677-8899-aabbccddeeff';

let known: Map<string, DhcpDecision>;
let queries: DhcpQuery[];
let events: DhcpEvent[];
let now: number;
let server: DhcpServer;
let relay: DhcpPeer;

beforeEach(async () => {
  known = new Map([[KNOWN, { allow: true, hostname: 'node-one' }]]);
  queries = [];
  events = [];
  now = 1_000_000;
  server = await startDhcpServer({
    listen: [{ address: '127.0.0.1', port: 0 }],
    scopes: [PROVISIONING, INSPECTION],
    backend: {
      async lookup(query) {
        queries.push(query);
        return known.get(query.mac) ?? null;
      },
    },
    leases: new MemoryLeaseStore(),
    onEvent: (event) => events.push(event),
    now: () => now,
  });
  relay = await DhcpPeer.open('127.77.0.254', server.addresses[0]!);
});

afterEach(async () => {
  relay.close();
  await server.stop();
});

/** Through a relay that asks to be answered where it sent from (RFC 8357), as one without root must. */
function relayed(parts: MessageParts): DhcpPacket {
  const relayOption = encodeRelayInfo({ circuitId: 'Ethernet1', sourcePort: true });
  return clientMessage({ giaddr: '127.77.0.254', ...parts, options: [...(parts.options ?? []), [82, relayOption]] });
}

const text = (packet: DhcpPacket, code: number) => packet.options.get(code)?.toString('latin1');
const type = (packet: DhcpPacket) => packet.options.get(OPTION.MESSAGE_TYPE)?.[0];

async function expectSilence(packet: DhcpPacket, reason: RegExp): Promise<void> {
  let answered = false;
  relay.socket.once('message', () => {
    answered = true;
  });
  const before = events.length;
  relay.send(packet);
  while (events.length === before) await sleep(5);
  await sleep(20);
  relay.socket.removeAllListeners('message');
  expect(answered).toBe(false);
  expect(events.at(-1)).toMatchObject({ answer: null, reason: expect.stringMatching(reason) });
}

/** DISCOVER and REQUEST; the address bound. */
async function bind(mac = KNOWN): Promise<string> {
  const offer = await relay.ask(relayed({ mac }));
  const ack = await relay.ask(relayed({ type: 'REQUEST', mac, requested: offer.yiaddr, serverId: '127.77.0.1' }));
  expect(type(ack)).toBe(5);
  return ack.yiaddr;
}

describe('who is answered', () => {
  test('a known MAC gets an offer with the network, its name and the relay option as it came', async () => {
    const offer = await relay.ask(relayed({ uuid: UUID }));
    expect(type(offer)).toBe(2);
    expect(offer.yiaddr).toMatch(/^127\.77\.0\.10\d$/);
    expect(offer.giaddr).toBe('127.77.0.254');
    expect(text(offer, OPTION.HOST_NAME)).toBe('node-one');
    expect([...offer.options.get(OPTION.SUBNET_MASK)!]).toEqual([255, 255, 255, 0]);
    expect([...offer.options.get(OPTION.ROUTER)!]).toEqual([127, 77, 0, 254]);
    expect(offer.options.get(82)).toEqual(encodeRelayInfo({ circuitId: 'Ethernet1', sourcePort: true }));
    expect(offer.options.get(97)).toHaveLength(17);
    expect(queries[0]).toMatchObject({
      mac: KNOWN,
      uuid: UUID,
      scope: 'provisioning',
      relay: { circuitId: 'Ethernet1' },
    });
  });

  test('an unknown MAC gets no answer on a provisioning network, to no message at all', async () => {
    const mac = '52:54:00:99:99:99';
    for (const kind of ['DISCOVER', 'REQUEST', 'INFORM'] as const) {
      await expectSilence(relayed({ type: kind, mac, requested: '127.77.0.100' }), /unknown/);
    }
  });

  test('an unknown MAC is answered where the scope is open, a forbidden one is not', async () => {
    const giaddr = '127.78.0.1';
    const other = await DhcpPeer.open('127.78.0.1', server.addresses[0]!);
    try {
      const offer = await other.ask(relayed({ mac: '52:54:00:99:99:99', giaddr }));
      expect(offer.yiaddr).toMatch(/^127\.78\.0\.1[0-2]$/);
    } finally {
      other.close();
    }
    known.set('52:54:00:99:99:98', { allow: false });
    await expectSilence(relayed({ mac: '52:54:00:99:99:98', giaddr }), /may not be/);
  });

  test('a relay outside every scope gets no answer and asks no backend', async () => {
    relay.send(relayed({ giaddr: '127.99.0.1' }));
    await relay.ask(relayed({}));
    expect(queries).toHaveLength(1);
  });

  test('garbage does not disturb the next client', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(300, 255), Buffer.from('hello')]) {
      relay.socket.send(bytes, server.addresses[0]!.port, '127.0.0.1');
    }
    expect(type(await relay.ask(relayed({})))).toBe(2);
  });
});

describe('what is booted', () => {
  test.each([
    ['BIOS', 0, 'undionly.kpxe'],
    ['UEFI x86-64', 7, 'snponly.efi'],
    ['UEFI x86-64 that says 9', 9, 'snponly.efi'],
    ['UEFI ARM64', 11, 'snponly-arm64.efi'],
  ])('%s loads iPXE over TFTP', async (_name, arch, file) => {
    const offer = await relay.ask(relayed({ arch }));
    expect(offer.file).toBe(file);
    expect(offer.siaddr).toBe('127.77.0.1');
    expect(offer.options.has(OPTION.VENDOR_CLASS)).toBe(false);
  });

  test('UEFI HTTP boot gets a URL and its vendor class back', async () => {
    const offer = await relay.ask(relayed({ arch: 16 }));
    expect(offer.file).toBe('http://127.77.0.1:8080/loaders/snponly.efi');
    expect(text(offer, OPTION.VENDOR_CLASS)).toBe('HTTPClient');
  });

  test('iPXE gets the script, whatever firmware it runs on', async () => {
    const offer = await relay.ask(relayed({ arch: 0, uuid: UUID, options: [[77, Buffer.from('iPXE')]] }));
    expect(offer.file).toBe(`http://127.77.0.1:8080/boot.ipxe?mac=${KNOWN}&uuid=${UUID}&arch=0`);
  });

  test('who asks for options 66 and 67 gets them', async () => {
    const offer = await relay.ask(relayed({ arch: 7, options: [[55, Buffer.from([66, 67])]] }));
    expect(text(offer, 66)).toBe('127.77.0.1');
    expect(text(offer, 67)).toBe('snponly.efi');
  });

  test('what does not netboot gets an address only', async () => {
    const offer = await relay.ask(relayed({}));
    expect([offer.file, offer.siaddr]).toEqual(['', '0.0.0.0']);
  });
});

describe('leases', () => {
  test('a MAC keeps its address, also after it expired', async () => {
    const first = await bind();
    now += 700_000;
    expect(await bind()).toBe(first);
  });

  test('a reserved address is given, and any other refused with a NAK', async () => {
    known.set(KNOWN, { allow: true, address: '127.77.0.50' });
    expect(await bind()).toBe('127.77.0.50');
    const nak = await relay.ask(relayed({ type: 'REQUEST', requested: '127.77.0.101' }));
    expect([type(nak), nak.yiaddr, nak.flags]).toEqual([6, '0.0.0.0', 0x8000]);
  });

  test('a full range is said, and served again after leases expire', async () => {
    for (let index = 1; index <= 11; index++)
      known.set(`52:54:00:00:00:${String(index).padStart(2, '0')}`, { allow: true });
    const given = new Set<string>();
    for (let index = 1; index <= 10; index++) given.add(await bind(`52:54:00:00:00:${String(index).padStart(2, '0')}`));
    expect(given.size).toBe(10);
    await expectSilence(relayed({ mac: '52:54:00:00:00:11' }), /no address is free/);
    now += 601_000;
    expect(given).toContain(await bind('52:54:00:00:00:11'));
  });

  test('a REQUEST for another server frees our offer and is not answered', async () => {
    const offer = await relay.ask(relayed({}));
    await expectSilence(
      relayed({ type: 'REQUEST', requested: offer.yiaddr, serverId: '127.77.0.9' }),
      /chose the server/,
    );
    known.set('52:54:00:00:00:02', { allow: true });
    const ack = await relay.ask(relayed({ type: 'REQUEST', mac: '52:54:00:00:00:02', requested: offer.yiaddr }));
    expect(type(ack)).toBe(5);
  });

  test('an address somebody else holds is refused with a NAK', async () => {
    known.set('52:54:00:00:00:02', { allow: true });
    const taken = await bind();
    expect(type(await relay.ask(relayed({ type: 'REQUEST', mac: '52:54:00:00:00:02', requested: taken })))).toBe(6);
  });

  test('a declined address is set aside', async () => {
    const address = await bind();
    await expectSilence(relayed({ type: 'DECLINE', requested: address, serverId: '127.77.0.1' }), /set aside/);
    expect(await bind()).not.toBe(address);
  });

  test('a DECLINE of what one was not given sets nothing aside', async () => {
    const address = await bind();
    known.set('52:54:00:00:00:02', { allow: true });
    await expectSilence(
      relayed({ type: 'DECLINE', mac: '52:54:00:00:00:02', requested: address, serverId: '127.77.0.1' }),
      /not given/,
    );
    expect(await bind()).toBe(address);
  });

  test('a released address can be had by another', async () => {
    const address = await bind();
    await expectSilence(relayed({ type: 'RELEASE', ciaddr: address, serverId: '127.77.0.1' }), /released/);
    known.set('52:54:00:00:00:02', { allow: true });
    expect(type(await relay.ask(relayed({ type: 'REQUEST', mac: '52:54:00:00:00:02', requested: address })))).toBe(5);
  });

  test('INFORM is answered without an address or lease', async () => {
    const ack = await relay.ask(relayed({ type: 'INFORM', ciaddr: '127.77.0.60' }));
    expect([type(ack), ack.yiaddr, ack.options.has(OPTION.LEASE_TIME)]).toEqual([5, '0.0.0.0', false]);
  });

  test('a unicast renewal is answered to the address it renews', async () => {
    const address = await bind();
    const client = await DhcpPeer.open(address, server.addresses[0]!);
    try {
      const ack = await client.ask(clientMessage({ type: 'REQUEST', ciaddr: address }));
      expect([type(ack), ack.yiaddr, ack.ciaddr]).toEqual([5, address, address]);
    } finally {
      client.close();
    }
  });
});

test('scopes that overlap or do not hold their addresses are refused by name', async () => {
  const start = (scope: object) =>
    startDhcpServer({
      listen: [],
      scopes: [PROVISIONING, { ...INSPECTION, ...scope }],
      backend: { lookup: async () => null },
      leases: new MemoryLeaseStore(),
    });
  await expect(start({ subnet: '127.77.0.0/16' })).rejects.toThrow(/inspection: range.first/);
  await expect(start({ range: { first: '127.78.0.9', last: '127.78.0.5' } })).rejects.toThrow(/ends before/);
  await expect(start({ ...PROVISIONING, name: 'x' })).rejects.toThrow(/overlaps/);
  await expect(start({ serverAddress: 'here' })).rejects.toThrow(/serverAddress/);
});
