import { networkDataFor } from '../../provisioner/config-drive/network-data.ts';
import { resolveConfigDrive } from '../../provisioner/config-drive/resolve-config-drive.ts';
import { FabricError } from '../../topology/error/fabric-error.ts';
import type { JsonObject } from '../store/schema.ts';
import type { StepContext } from './step.ts';

const PARTS = ['meta_data', 'user_data', 'network_data', 'vendor_data'];

/** Refuses at once a config drive that is neither Ironic's object nor a text. Error: `config_drive_invalid`. */
export function checkConfigDriveForm(value: string | JsonObject): void {
  if (typeof value === 'string') return;
  const unknown = Object.keys(value).filter((key) => !PARTS.includes(key));
  if (unknown.length === 0) return;
  throw new FabricError(
    'config_drive_invalid',
    `The config drive has unknown members (${unknown.join(', ')}); it may have ${PARTS.join(', ')}.`,
  );
}

/**
 * The config drive as the agent takes it (base64 of a gzipped ISO). Every node gets one: without one of the client's the
 * machine still learns its name, and that its NICs are to ask DHCP.
 */
export async function configDriveOf(context: StepContext): Promise<string | null> {
  const { node, deps } = context;
  const bound = await deps.store.db
    .selectFrom('vif')
    .innerJoin('port', 'port.uuid', 'vif.port_uuid')
    .select(['port.address', 'vif.network_id'])
    .where('vif.node_uuid', '=', node.uuid)
    .orderBy('port.address')
    .execute();
  const networkData = networkDataFor(
    bound.map((nic) => ({
      kind: 'nic',
      macAddress: nic.address,
      networkId: nic.network_id,
      addresses: [{ family: 4, method: 'dhcp' }],
    })),
  );
  const name = node.name ?? node.uuid;
  const metaData = { uuid: node.uuid, name, hostname: name };
  const asked = node.instance_info.configdrive ?? {};
  return (await resolveConfigDrive(asked, { metaData, networkData }))?.encoded ?? null;
}
