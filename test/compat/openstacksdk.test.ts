import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestRack, type TestRack } from '../support/rack.ts';
import { absent } from './support/client.ts';

const PACKAGE = '/usr/lib/python3/dist-packages/openstack/__init__.py';
const missing = absent(PACKAGE, 'apt install python3-openstacksdk');

/** Prints what it saw as JSON. It needs no Keystone. */
const WALK = `
import json, sys
import openstack
from openstack import exceptions
url, bmc, user, password = sys.argv[1:]
connection = openstack.connect(auth_type='none', auth={'endpoint': url}, baremetal_endpoint_override=url, baremetal_api_version='1')
b = connection.baremetal
info = {'redfish_address': bmc, 'redfish_username': user, 'redfish_password': password}
# Unless told where to stop, it takes a new node through manage and provide.
node = b.create_node(driver='redfish', name='sdk', driver_info=info, resource_class='bm', provision_state='enroll')
seen = {'created': node.provision_state}
seen['listed'] = [one.name for one in b.nodes(details=True)]
node = b.set_node_provision_state(node, 'manage', wait=True, timeout=240)
seen['managed'] = node.provision_state
port = b.create_port(node_id=node.id, address='52:54:00:5d:4b:01')
seen['ports'] = [one.address for one in b.ports(node=node.id)]
b.delete_port(port)
node = b.update_node(node, extra={'rack': '7'})
seen['extra'] = node.extra
seen['power'] = b.validate_node(node, required=('power',))['power'].result
b.set_node_power_state(node, 'power on', wait=True, timeout=240)
seen['powered'] = b.get_node(node.id).power_state
b.set_node_maintenance(node, reason='walk')
seen['maintenance'] = b.get_node(node.id).maintenance_reason
b.unset_node_maintenance(node)
b.delete_node(node)
try:
    b.get_node('sdk')
except exceptions.ResourceNotFound as refusal:
    seen['gone'] = refusal.status_code
print(json.dumps(seen))
`;

let rack: TestRack;

beforeAll(async () => {
  if (!missing) rack = await startTestRack({ servers: 1, switches: 1 });
}, 180_000);
afterAll(() => rack?.stop(), 120_000);

describe.skipIf(missing)('openstacksdk (skipped without python3-openstacksdk)', () => {
  test('walks through a node without Keystone', { timeout: 600_000 }, async () => {
    const { username, password } = rack.rack.bmcCredentials;
    const given = [rack.url, rack.rack.servers[0]!.bmcUrl, username, password];
    const env = { PATH: '/usr/bin:/bin', HOME: rack.directory, LANG: 'C.UTF-8' };
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', WALK, ...given], { env });
    expect(JSON.parse(stdout)).toEqual({
      created: 'enroll',
      listed: ['sdk'],
      managed: 'manageable',
      ports: ['52:54:00:5d:4b:01'],
      extra: { rack: '7' },
      power: true,
      powered: 'power on',
      maintenance: 'walk',
      gone: 404,
    });
  });
});
