import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SnmpConnection } from '../../../switch-drivers/transports/snmp/connection.ts';
import { qBridge, system } from '../../../switch-drivers/transports/snmp/mib.ts';
import { snmpV2cOptions } from '../../../switch-drivers/transports/snmp/options.ts';
import { type SnmpRig, startSnmp } from './rig.ts';

let rig: SnmpRig;
beforeEach(async () => {
  rig = await startSnmp();
});
afterEach(() => rig.stop());

const quick = { timeoutMs: 200, retries: 1 };

test('versions 2c and 3 read the same', async () => {
  for (const connection of [await rig.plain(), await rig.v3()]) {
    const [name, none] = await connection.get([system.sysName, '1.3.6.1.4.1.32473.9.0']);
    expect([`${name}`, none]).toEqual(['bridge1', null]);
  }
});

test('a wrong key is told from a switch that is not there', async () => {
  await expect(rig.v3({ authKey: 'wrong-horse', ...quick })).rejects.toMatchObject({ code: 'switch_auth_failed' });
  await expect(rig.v3({ privKey: 'wrong-horse', ...quick })).rejects.toMatchObject({ code: 'switch_auth_failed' });
  await expect(rig.v3({ user: 'nobody', ...quick })).rejects.toMatchObject({ code: 'switch_auth_failed' });
  await expect(rig.plain({ community: 'public', ...quick })).rejects.toMatchObject({
    code: 'switch_unreachable',
    message: /community/,
  });
  await expect(rig.plain({ host: 'no-such-switch.invalid' })).rejects.toMatchObject({ code: 'switch_unreachable' });
});

test('3000 addresses are walked', async () => {
  const { model } = rig.sim;
  const [portId = ''] = model.portIds;
  model.setLink(portId, true);
  for (let at = 0; at < 3000; at += 1) {
    const source = `0200${at.toString(16).padStart(8, '0')}`;
    model.forward(portId, Buffer.from(`ffffffffffff${source}88b5${'00'.repeat(46)}`, 'hex'));
  }
  const macs = await (await rig.session({ bulk: 100 })).macTable();
  expect(macs).toHaveLength(3000);
  expect(macs.at(-1)).toEqual({ mac: '02:00:00:00:0b:b7', vlan: 1, portId });
});

test('a refusal names the object and the status', async () => {
  const connection = await rig.plain();
  const set = connection.set([{ oid: system.sysName, type: 'octets', value: Buffer.from('x'), line: 'sysName.0 = x' }]);
  await expect(set).rejects.toMatchObject({
    code: 'switch_rejected',
    context: { line: 'sysName.0 = x', device: 'notWritable', status: 17, oid: system.sysName },
  });
});

/** Somebody at a UDP port who answers each request with what `answer` makes of it. */
async function withImpostor(answer: (request: Buffer) => Buffer, play: (port: number) => Promise<void>): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (request: Buffer, { port, address }: RemoteInfo) => socket.send(answer(request), port, address));
  await play(socket.address().port);
  await new Promise<void>((resolve) => socket.close(resolve));
}

const openAt = (port: number): Promise<unknown> =>
  SnmpConnection.open(
    'impostor',
    snmpV2cOptions.parse({ version: '2c', community: 'public', host: '127.0.0.1', port, timeoutMs: 100, retries: 1 }),
    {},
  ).catch((error: unknown) => error);

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 255), content]);
};

test('whatever answers, the process lives and the caller is told', async () => {
  const garbage: Array<(request: Buffer) => Buffer> = [
    () => Buffer.alloc(0),
    () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
    (request) => request,
    (request) => request.subarray(0, 20),
    (request) => Buffer.concat([request.subarray(0, 4), Buffer.alloc(1200, 0xff)]),
    // A response with the request's id and no values.
    (request) => {
      const at = request.indexOf(0xa0);
      return tlv(
        0x30,
        request.subarray(2, at),
        tlv(0xa2, request.subarray(at + 2, at + 8), Buffer.of(2, 1, 0, 2, 1, 0), tlv(0x30)),
      );
    },
    // An authenticated SNMPv3 message under the id of the request.
    (request) => {
      const at = request.indexOf(0xa0);
      const [zero, none] = [Buffer.of(2, 1, 0), Buffer.of(4, 0)];
      const security = tlv(0x30, none, zero, zero, none, none, none);
      const header = tlv(0x30, request.subarray(at + 2, at + 8), zero, Buffer.of(4, 1, 1), Buffer.of(2, 1, 3));
      const pdu = tlv(0xa2, request.subarray(at + 2, at + 8), zero, zero, tlv(0x30));
      return tlv(0x30, Buffer.of(2, 1, 3), header, tlv(4, security), tlv(0x30, none, none, pdu));
    },
  ];
  for (const answer of garbage) {
    await withImpostor(answer, async (port) => {
      expect(await openAt(port)).toMatchObject({
        code: expect.stringMatching(/^switch_(unreachable|output_invalid)$/),
      });
    });
  }
  expect(await openAt(9)).toMatchObject({ code: 'switch_unreachable' });
});

test('one row more than is sensible ends a walk', async () => {
  const connection = await rig.plain();
  const walk = connection.walk([qBridge.dot1qPvid], { cells: 3 });
  await expect(walk).rejects.toMatchObject({ code: 'switch_output_too_large' });
});
