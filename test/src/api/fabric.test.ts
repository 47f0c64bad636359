import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordEvent } from '../../../src/store/events.ts';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { operation, call as request, type TestApi, testApi } from './support.ts';

let test: TestApi;
const call: (method: string, path: string, options?: Parameters<typeof request>[3]) => ReturnType<typeof request> = (
  method,
  path,
  options,
) => request(test.url, method, `/fabric/v1${path}`, options);

beforeAll(async () => {
  test = await testApi();
});
afterAll(() => test.close());

async function addSwitch(name: string): Promise<string> {
  const id = randomUUID();
  await test.store.db
    .insertInto('switch')
    .values({
      id,
      name,
      platform: 'ovs',
      options: JSON.stringify({ host: 'h', password: 'hunter2' }),
      secrets: JSON.stringify({ password: 'hunter2' }),
      managed_ports: ['e*'],
      managed_vlans: '100-199',
    })
    .execute();
  return id;
}

describe('the fabric API', () => {
  it('registers a switch with 202 and the operation, and never tells secrets', async () => {
    const settling = operation();
    test.answers.addSwitch = async () => ({ id: await addSwitch('leaf1'), operation: settling });
    const body = {
      name: 'leaf1',
      platform: 'ovs',
      options: { password: 'hunter2' },
      managed_ports: ['e*'],
      managed_vlans: '100-199',
    };
    const answer = await call('POST', '/switches', { body });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`${test.url}/fabric/v1/operations/${settling.id}`);
    expect(answer.body).toMatchObject({ switch: { name: 'leaf1' }, operation: { id: settling.id } });
    expect(JSON.stringify([answer.body, (await call('GET', '/switches')).body])).not.toContain('hunter2');
    expect((await call('GET', '/switches/leaf1')).body.managed_ports).toEqual(['e*']);
  });

  it('tells errors as problem+json', async () => {
    const missing = await call('GET', '/switches/none');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(missing.body).toMatchObject({
      type: 'urn:switchyard:error:switch_not_found',
      status: 404,
      retryable: false,
    });
    expect((await call('POST', '/switches', { body: { name: 'x' } })).body).toMatchObject({
      status: 400,
      code: 'request_invalid',
    });
    test.answers.removeSwitch = () => {
      throw new FabricError('switch_busy', 'Wait', { retryable: true, context: { password: 'hunter2' } });
    };
    expect((await call('DELETE', '/switches/leaf1')).body).toMatchObject({
      status: 409,
      retryable: true,
      context: { password: '******' },
    });
    expect((await call('GET', '/nowhere')).body.code).toBe('path_not_found');
  });

  it('pages through ports of all switches with the NICs on them', async () => {
    const { id } = (await call('GET', '/switches/leaf1')).body;
    for (const [position, port_id] of ['e2', 'e10', 'e1'].entries()) {
      await test.store.db
        .insertInto('switch_port')
        .values({ switch_id: id, port_id, position, managed: true })
        .execute();
    }
    const nodeUuid = randomUUID();
    await test.store.db.insertInto('node').values({ uuid: nodeUuid, name: 'n1', driver: 'ipmi' }).execute();
    const address = '52:54:00:00:00:01';
    const nic = { uuid: randomUUID(), node_uuid: nodeUuid, address, switch_id: id, switch_port_id: 'e10' };
    await test.store.db.insertInto('port').values(nic).execute();
    const first = (await call('GET', '/switches/leaf1/ports?limit=2')).body;
    expect(first.ports.map((port: { port_id: string }) => port.port_id)).toEqual(['e2', 'e10']);
    expect(first.ports[1].nic).toMatchObject({ address, node_name: 'n1' });
    const rest = (await (await fetch(first.next)).json()) as { ports: Array<{ port_id: string }>; next: null };
    expect([rest.ports.map((port) => port.port_id), rest.next]).toEqual([['e1'], null]);
    const claim = { source: 'host-lldp' as const, address, chassis_id: 'c', port_id: 'e10' };
    await test.store.db.insertInto('link_evidence').values([claim, claim]).execute();
    const { links } = (await call('GET', '/links?node=n1')).body;
    expect(links).toMatchObject([
      { address, switch: 'leaf1', port_id: 'e10', state: 'mapped', evidence: [{ source: 'host-lldp' }] },
    ]);
  });

  it('waits for an operation', async () => {
    const id = randomUUID();
    expect((await call('GET', `/operations/${id}`)).body.state).toBe('pending');
    expect((await call('GET', `/operations/${id}?wait=5`)).body.state).toBe('succeeded');
    expect(test.calls.at(-1)).toEqual(['waitOperation', id, 5000]);
    expect((await call('GET', '/operations/none')).status).toBe(404);
    await test.store.db.insertInto('operation').values({ id, kind: 'k', requested_by: 'u', reason: 'r' }).execute();
    expect((await call('GET', '/operations')).body.operations).toMatchObject([{ id, requested_by: 'u' }]);
  });

  it('lists events and streams them from where a client was, until the server closes', async () => {
    const { db } = test.store;
    const ids: string[] = [];
    for (const kind of ['a.one', 'b.two', 'a.three']) ids.push(await recordEvent(db, { kind, message: kind }));
    const { events } = (await call('GET', '/events?kind=a')).body;
    expect(events.map((event: { kind: string }) => event.kind)).toEqual(['a.three', 'a.one']);
    const response = await fetch(`${test.url}/fabric/v1/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': ids[0]! },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended before ${part}`);
        text += value;
      }
    };
    await until(`id: ${ids[2]}\n`);
    const live = await recordEvent(db, { kind: 'a.live', message: 'now' });
    await until(`id: ${live}\n`);
    expect([...text.matchAll(/^id: (\d+)$/gm)].map((match) => match[1])).toEqual([ids[1], ids[2], live]);
    await test.api.close();
    while (!(await reader.read()).done);
  });
});
