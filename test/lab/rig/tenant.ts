import type { TenantImage } from '../image/tenant-image.ts';
import type { NodeOperator } from './operator.ts';
import type { Rack } from './rack.ts';
import type { Server } from './server.ts';

export interface Order {
  hostname: string;
  address: string;
  image: TenantImage;
  /** Default: the image's own. */
  checksum?: string;
}

/** Attaches the first NIC to the tenant network red and asks for the deployment; does not wait. */
export async function orderDeployment(operator: NodeOperator, server: Server, order: Order): Promise<void> {
  const { vifs } = await operator.api.get<{ vifs: unknown[] }>(`/v1/nodes/${operator.name}/vifs`);
  if (vifs.length === 0) await operator.api.send('POST', `/v1/nodes/${operator.name}/vifs`, { id: 'red' });
  await operator.set('/instance_info', {
    image_source: `file://${order.image.path}`,
    image_os_hash_algo: 'sha256',
    image_os_hash_value: order.checksum ?? order.image.sha256,
  });
  await operator.provision('active', {
    configdrive: {
      meta_data: { hostname: order.hostname },
      network_data: networkData(server.macs[0], order.address),
    },
  });
}

/** OpenStack's network_data.json: one NIC with one static address. */
function networkData(mac: string, address: string) {
  return {
    links: [{ id: 'nic0', type: 'phy', ethernet_mac_address: mac }],
    networks: [{ id: 'red0', type: 'ipv4', link: 'nic0', ip_address: address, netmask: '255.255.255.0', routes: [] }],
    services: [],
  };
}

/** The host name that the machine at that address serves in the tenant network. */
export async function nameToldBy(rack: Rack, address: string): Promise<string> {
  const script = `process.stdout.write(await (await fetch('http://${address}/')).text())`;
  const { stdout, stderr } = await rack.within('red', [process.execPath, '--input-type=module', '-e', script]);
  return stdout.trim() || stderr;
}

/** MAC -> "chassis id, port id" of what the node's ports are recorded to hang on. */
export async function recordedLinks(operator: NodeOperator): Promise<Record<string, string>> {
  const ports = await operator.ports();
  return Object.fromEntries(
    ports.map(({ address, local_link_connection: link }) => [address, `${link.switch_id} ${link.port_id}`]),
  );
}
