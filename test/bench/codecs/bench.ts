import { setImmediate as turn } from 'node:timers/promises';
import { OPTION } from '../../../provisioner/dhcp/constants.ts';
import { MemoryLeaseStore } from '../../../provisioner/dhcp/lease.ts';
import { decodeDhcp, encodeDhcp } from '../../../provisioner/dhcp/packet.ts';
import { compileScopes } from '../../../provisioner/dhcp/scope.ts';
import { transact } from '../../../provisioner/dhcp/transaction.ts';
import { decode, encode, type Tlv } from '../../../topology/lldp/index.ts';
import { clientMessage } from '../../provisioner/dhcp/support/client.ts';
import { PROVISIONING } from '../../provisioner/dhcp/support/scope.ts';

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

const LLDPDU = encode({
  tlvs: [
    { kind: 'chassis-id', subtype: 4, id: Buffer.from('001c73000001', 'hex') },
    { kind: 'port-id', subtype: 5, id: Buffer.from('Ethernet1/1') },
    { kind: 'ttl', seconds: 120 },
    { kind: 'port-description', text: 'rack 4, server 17' },
    { kind: 'system-name', text: 'leaf-4a' },
    { kind: 'system-description', text: 'Network operating system, version 4.31, on a 48-port switch' },
    { kind: 'system-capabilities', capabilities: 0x14, enabled: 0x14 },
    { kind: 'end' },
  ] satisfies Tlv[],
});

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

export const bench = {
  name: 'codecs',
  title: 'LLDP decodes and DHCP offers a second',
  async run(): Promise<{
    figures: Record<string, number>;
    ratios: Record<string, number>;
    goals: Record<string, string>;
    met: boolean;
  }> {
    const lldp = await rate(() => {
      if (decode(LLDPDU).tlvs.length !== 8) throw new Error('the LLDPDU was not read whole');
    });
    const dhcp = await discoverToOffer();
    return { figures: { 'LLDP decodes/s': lldp, 'DHCP DISCOVER to OFFER/s': dhcp }, ratios: {}, goals: {}, met: true };
  },
};
