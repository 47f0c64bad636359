import { setTimeout as sleep } from 'node:timers/promises';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { Rack } from '../../rack/rack.ts';
import type { DemoApi } from './api.ts';
import { IDLE_VLAN, MANAGED_VLANS, ROLE_NETWORKS, TENANTS } from './setup.ts';

export interface DemoImage {
  source: string;
  sha256: string;
}

const NODE_LIMIT_MS = 300_000;
const POLL_MS = 500;

/** Networks and switches, as the operator of a real rack would enter them. */
export async function registerFabric(api: DemoApi, rack: Rack): Promise<void> {
  for (const { role, vlan } of ROLE_NETWORKS) {
    await api.post('/fabric/v1/networks', { name: role, role, network_type: 'vlan', segmentation_id: vlan });
  }
  await api.post('/fabric/v1/networks', {
    name: 'idle',
    role: 'idle',
    network_type: 'vlan',
    segmentation_id: IDLE_VLAN,
  });
  await Promise.all(rack.switches.map((one) => addSwitch(api, one)));
  for (const { project, network, vlan } of TENANTS) {
    const body = { name: network, project_id: project, network_type: 'vlan', segmentation_id: vlan };
    await api.post('/fabric/v1/networks', body);
  }
}

/** A node is known by nothing but its BMC. */
export async function enrollNodes(api: DemoApi, rack: Rack): Promise<void> {
  for (const server of rack.servers) {
    const driver_info = {
      redfish_address: server.bmcUrl,
      redfish_username: rack.bmcCredentials.username,
      redfish_password: rack.bmcCredentials.password,
    };
    await api.post('/v1/nodes', { name: server.name, driver: 'redfish', driver_info });
  }
}

async function addSwitch(api: DemoApi, one: Rack['switches'][number]): Promise<void> {
  const { host, port, hostKeyFingerprint } = one.device;
  const added = await api.post('/fabric/v1/switches', {
    name: one.name,
    platform: 'arista-eos',
    options: { host, port, username: one.username, password: one.password, hostKey: hostKeyFingerprint },
    managed_ports: one.serverPorts,
    managed_vlans: MANAGED_VLANS,
    rest_policy: 'inspection',
  });
  const operation = added.operation as { id: string } | null;
  if (operation) await succeeded(api, operation.id);
}

async function succeeded(api: DemoApi, id: string): Promise<void> {
  const look = async () =>
    (await api.get(`/fabric/v1/operations/${id}?wait=30`)) as { state: string; error: { message: string } | null };
  let operation = await look();
  const until = Date.now() + NODE_LIMIT_MS;
  while (/pending|running/.test(operation.state) && Date.now() < until) operation = await look();
  if (operation.state !== 'succeeded') {
    throw new FabricError(
      'demo_failed',
      `operation ${id} is ${operation.state}: ${operation.error?.message ?? 'no reason given'}`,
    );
  }
}

/** From a BMC address to a tenant's machine. */
export async function wholeLife(
  api: DemoApi,
  name: string,
  tenant: (typeof TENANTS)[number],
  image: DemoImage,
): Promise<void> {
  await verb(api, name, 'manage', 'manageable');
  await verb(api, name, 'inspect', 'manageable', 'inspecting');
  await verb(api, name, 'provide', 'available');
  await deploy(api, name, tenant, image);
}

export async function deploy(
  api: DemoApi,
  name: string,
  tenant: (typeof TENANTS)[number],
  image: DemoImage,
): Promise<void> {
  await api.patch(`/v1/nodes/${name}`, [
    { op: 'add', path: '/lessee', value: tenant.project },
    { op: 'add', path: '/instance_info/image_source', value: image.source },
    { op: 'add', path: '/instance_info/image_os_hash_algo', value: 'sha256' },
    { op: 'add', path: '/instance_info/image_os_hash_value', value: image.sha256 },
    { op: 'add', path: '/instance_info/image_disk_format', value: 'raw' },
  ]);
  await api.post(`/v1/nodes/${name}/vifs`, { id: tenant.network });
  const configdrive = { meta_data: { hostname: `${tenant.project}-${name}` } };
  await verb(api, name, 'active', 'active', null, { configdrive });
}

export async function giveBack(api: DemoApi, name: string): Promise<void> {
  await verb(api, name, 'deleted', 'available');
}

/** Asks for `target` and waits until the node is in `wanted`. Errors: `demo_failed`, `demo_timeout`. */
export async function verb(
  api: DemoApi,
  name: string,
  target: string,
  wanted: string,
  passing: string | null = null,
  extra: object = {},
): Promise<void> {
  await api.put(`/v1/nodes/${name}/states/provision`, { target, ...extra });
  const until = Date.now() + NODE_LIMIT_MS;
  let left = passing === null;
  for (;;) {
    const node = await api.get(`/v1/nodes/${name}?fields=provision_state,last_error`);
    const state = String(node.provision_state);
    if (state !== wanted) left = true;
    if (left && state === wanted) return;
    if (/failed|error/.test(state) || (state === 'enroll' && node.last_error)) {
      throw new FabricError('demo_failed', `${name} is '${state}' after ${target}: ${String(node.last_error)}`);
    }
    if (Date.now() > until) {
      throw new FabricError('demo_timeout', `${name} is still '${state}' ${NODE_LIMIT_MS / 1000} s after ${target}.`);
    }
    await sleep(POLL_MS);
  }
}
