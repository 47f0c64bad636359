import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type TestApi, testApi } from './support.ts';

/** Calls of a stock client with a stock Ironic's answers, one JSON body a line. */
const file = fileURLToPath(
  new URL('../../../../shared/reference/transcripts/ironicclient-5.0.1-vs-ironic-21.4.txt', import.meta.url),
);

function recordedBody(command: string): Record<string, unknown> {
  const part = readFileSync(file, 'utf8')
    .split('##### CLI: ')
    .find((text) => text.startsWith(`baremetal ${command}`));
  const line = part?.split('\n').find((text) => text.startsWith('<  BODY '));
  if (!line) throw new Error(`the transcript has no answer to ${command}`);
  return JSON.parse(line.slice('<  BODY '.length));
}
const keys = (value: unknown) => Object.keys(value as object).sort();
const first = (value: Record<string, unknown>, name: string) => (value[name] as unknown[])[0];

describe.skipIf(!existsSync(file))(
  'answers beside those of Ironic 21.4 (skipped without the recorded transcript)',
  () => {
    let test: TestApi;
    beforeAll(async () => {
      test = await testApi();
      await test.store.db.insertInto('conductor').values({ hostname: 'controller-1' }).execute();
    });
    afterAll(() => test.close());

    it('have the same members', async () => {
      const get = async (path: string) => (await call(test.url, 'GET', path)).body;
      const node = (await call(test.url, 'POST', '/v1/nodes', { body: { driver: 'ipmi', name: 'cli1' } })).body;
      expect(keys(node)).toEqual(keys(recordedBody('node create')));
      expect(keys(first(await get('/v1/nodes'), 'nodes'))).toEqual(keys(first(recordedBody('node list\n'), 'nodes')));
      expect(keys(first(await get('/v1/nodes/detail'), 'nodes'))).toEqual(
        keys(first(recordedBody('node list --long'), 'nodes')),
      );
      const port = {
        address: '52:54:00:aa:bb:01',
        node_uuid: node.uuid,
        local_link_connection: { switch_id: '00:11:22:33:44:55', port_id: 'Ethernet1/1', switch_info: 'leaf1' },
        pxe_enabled: 'true',
        physical_network: 'physnet1',
      };
      expect(keys((await call(test.url, 'POST', '/v1/ports', { body: port })).body)).toEqual(
        keys(recordedBody('port create')),
      );
      expect(keys(first(await get(`/v1/ports/?node=${node.uuid}`), 'ports'))).toEqual(
        keys(first(recordedBody('port list'), 'ports')),
      );
      const group = { node_uuid: node.uuid, name: 'bond0', mode: '802.3ad', properties: { miimon: 100 } };
      expect(keys((await call(test.url, 'POST', '/v1/portgroups', { body: group })).body)).toEqual(
        keys(recordedBody('port group create')),
      );
      expect(keys(await get('/v1/drivers/ipmi'))).toEqual(keys(recordedBody('driver show')));
      expect(keys(first(await get('/v1/conductors'), 'conductors'))).toEqual(
        keys(first(recordedBody('conductor list'), 'conductors')),
      );
      expect(await get('/v1/nodes/cli1/states/console')).toEqual(recordedBody('node console show'));
      expect(await get('/v1/nodes/nosuch')).toEqual({
        error_message: JSON.stringify({ ...JSON.parse(String(recordedBody('node show nosuch').error_message)) }),
      });
    });
  },
);
