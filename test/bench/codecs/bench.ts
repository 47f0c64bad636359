import { setImmediate as turn } from 'node:timers/promises';
import { OPTION } from '../../../provisioner/dhcp/constants.ts';
import { MemoryLeaseStore } from '../../../provisioner/dhcp/lease.ts';
import { decodeDhcp, encodeDhcp } from '../../../provisioner/dhcp/packet.ts';
import { compileScopes } from '../../../provisioner/dhcp/scope.ts';
import { transact } from '../../../provisioner/dhcp/transaction.ts';
import { decode } from '../../../topology/lldp/index.ts';
import { clientMessage } from '../../provisioner/dhcp/support/client.ts';
import { PROVISIONING } from '../../provisioner/dhcp/support/scope.ts';
import type { Bench } from '../support/findings.ts';

const SECONDS = 2;

/** Runs `once` for about two seconds after a warm-up; how often a second. */
async function rate(once: (index: number) => void | Promise<void>): Promise<number> {
  for (let index = 0; index < 2000; index++) await once(index);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < SECONDS * 1000) {
    for (let batch = 0; batch < 500; batch++) await once(count++);
    await turn();
  }
  return Math.round(count / ((performance.now() - started) / 1000));
}

/** One TLV, IEEE 802.1AB-2016 §8.4: 7 bits of type, 9 of length. */
const tlv = (type: number, value: Buffer) =>
  Buffer.concat([Buffer.from([(type << 1) | (value.length >> 8), value.length & 255]), value]);

const LLDPDU = Buffer.concat([
  tlv(1, Buffer.from('04001c73000001', 'hex')),
  tlv(2, Buffer.from('\x05Ethernet1/1')),
  tlv(3, Buffer.from([0, 120])),
  tlv(4, Buffer.from('rack 4, server 17')),
  tlv(5, Buffer.from('leaf-4a')),
  tlv(6, Buffer.from('Network operating system, version 4.31, on a 48-port switch')),
  tlv(7, Buffer.from([0, 0x14, 0, 0x14])),
  tlv(0, Buffer.alloc(0)),
]);

/** The whole way of a message except the socket: decode, look up, lease, reply, encode. */
async function discoverToOffer(): Promise<number> {
  const [scope] = compileScopes([
    {
      ...PROVISIONING,
      subnet: '10.77.0.0/16',
      range: { first: '10.77.1.0', last: '10.77.16.255' },
      router: '10.77.0.254',
    },
  ]);
  const deps = { backend: { lookup: async () => ({ allow: true }) }, leases: new MemoryLeaseStore(), now: Date.now };
  const messages = Array.from({ length: 1000 }, (_, index) => {
    const mac = `52:54:00:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`;
    return encodeDhcp(clientMessage({ mac, arch: 7, uuid: '00112233-4455-6677-8899-aabbccddeeff' }));
  });
  return rate(async (index) => {
    const packet = decodeDhcp(messages[index % messages.length]!);
    const outcome = packet && (await transact(packet, scope!, null, deps));
    if (!outcome?.reply) throw new Error(`no offer: ${outcome?.reason}`);
    const bytes = encodeDhcp(outcome.reply);
    if (decodeDhcp(bytes)?.options.get(OPTION.MESSAGE_TYPE)?.[0] !== 2) throw new Error('not an offer');
  });
}

export const bench: Bench = {
  name: 'codecs',
  title: 'LLDP decodes and DHCP offers a second',
  async run() {
    const lldp = await rate(() => {
      if (decode(LLDPDU).tlvs.length !== 8) throw new Error('the LLDPDU was not read whole');
    });
    const dhcp = await discoverToOffer();
    return { figures: { 'LLDP decodes/s': lldp, 'DHCP DISCOVER to OFFER/s': dhcp }, ratios: {}, goals: {}, met: true };
  },
};
