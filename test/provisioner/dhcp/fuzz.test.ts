import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeClient } from '../../../provisioner/dhcp/client.ts';
import { decodeDhcp, encodeDhcp } from '../../../provisioner/dhcp/packet.ts';
import { decodeRelayInfo } from '../../../provisioner/dhcp/relay-agent.ts';
import { readCapture } from '../../../topology/lldp/capture.ts';
import { clientMessage } from './support/client.ts';
import { memoryInUse, mutations } from './support/fuzz.ts';

const fixtures = fileURLToPath(new URL('../../../../shared/fixtures/dhcp', import.meta.url));
/** Ethernet, IPv4 without options, UDP. */
const HEADERS = 14 + 20 + 8;

function recorded(): { name: string; payload: Buffer }[] {
  if (!existsSync(fixtures)) return [];
  return readdirSync(fixtures).flatMap((name) =>
    readCapture(readFileSync(`${fixtures}/${name}`)).frames.map((frame) => ({
      name,
      payload: Buffer.from(frame.bytes).subarray(HEADERS),
    })),
  );
}

test.skipIf(recorded().length === 0)('recorded DHCP traffic is read (skips without ../shared/fixtures)', () => {
  const clients = recorded().map(({ payload }) => decodeDhcp(payload));
  expect(clients.filter((packet) => packet !== null).length).toBeGreaterThan(0);
  const rfc3004 = recorded().filter(({ name }) => name === 'dhcp-rfc3004.pcap');
  const classes = rfc3004.flatMap(({ payload }) => describeClient(decodeDhcp(payload)!)?.userClasses ?? []);
  expect(classes.length).toBeGreaterThan(0);
});

test('200,000 mutated messages neither throw nor hang, and memory stays flat', () => {
  const own = encodeDhcp(
    clientMessage({
      arch: 7,
      uuid: '00112233-4455-6677-8899-aabbccddeeff',
      options: [
        [82, Buffer.from([1, 2, 65, 66, 19, 0])],
        [77, Buffer.from('\x04iPXE')],
        [43, Buffer.alloc(300, 7)],
      ],
    }),
  );
  const seeds = [own, ...recorded().map(({ payload }) => payload)].filter((seed) => seed.length > 0);
  let decoded = 0;
  const work = (count: number) => {
    for (const bytes of mutations(seeds, count)) {
      const packet = decodeDhcp(bytes);
      if (!packet) continue;
      decoded++;
      describeClient(packet);
      decodeRelayInfo(packet.giaddr, packet.options.get(82));
    }
  };
  work(10_000);
  const before = memoryInUse();
  work(190_000);
  expect(memoryInUse() - before).toBeLessThan(8 * 1024 * 1024);
  expect(decoded).toBeGreaterThan(1000);
});
