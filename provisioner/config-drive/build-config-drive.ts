import { FabricError } from '../../topology/error/fabric-error.ts';
import { writeIso } from './iso9660/write-iso.ts';

export interface ConfigDriveContent {
  /** meta_data.json; at least uuid and name (Nova's and Ironic's keys). */
  metaData: Record<string, unknown>;
  /** As it is: cloud-config, script, Ignition. An object becomes JSON. */
  userData?: string | Buffer | Record<string, unknown> | null;
  /** network_data.json; see `networkDataFor`. */
  networkData?: Record<string, unknown> | null;
  vendorData?: Record<string, unknown> | null;
}

/** The partition the agent makes for it; the field's own limit. */
export const maxConfigDriveBytes = 64 * 1024 * 1024;
export const configDriveLabel = 'config-2';

/** `latest`, and the version from which network_data.json is defined, for readers that take no "latest". */
const versions = ['latest', '2015-10-15'];
/** Fixed, so that equal content gives equal bytes: a repeated step writes the same drive. */
const when = new Date(Date.UTC(2000, 0, 1));

/** An ISO 9660 image labelled config-2 (Rock Ridge and Joliet) in OpenStack's layout. Throws `config_drive_too_large`. */
export function buildConfigDrive(content: ConfigDriveContent): Buffer {
  const entries: [string, Buffer][] = [['meta_data.json', json(content.metaData)]];
  if (content.userData !== undefined && content.userData !== null && content.userData !== '') {
    entries.push(['user_data', userDataBytes(content.userData)]);
  }
  if (content.networkData) entries.push(['network_data.json', json(content.networkData)]);
  if (content.vendorData) entries.push(['vendor_data.json', json(content.vendorData)]);
  assertFits(entries.reduce((sum, [, bytes]) => sum + bytes.length, 0));
  const files = versions.flatMap((version) =>
    entries.map(([name, bytes]) => [`openstack/${version}/${name}`, bytes] as const),
  );
  const image = writeIso({ volumeId: configDriveLabel, files, when });
  assertFits(image.length);
  return image;
}

function json(value: Record<string, unknown>): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function userDataBytes(value: string | Buffer | Record<string, unknown>): Buffer {
  if (typeof value === 'string') return Buffer.from(value);
  return Buffer.isBuffer(value) ? value : json(value);
}

function assertFits(bytes: number): void {
  if (bytes <= maxConfigDriveBytes) return;
  throw new FabricError(
    'config_drive_too_large',
    `The config drive would be ${bytes} bytes; at most ${maxConfigDriveBytes} fit. Make user_data fetch what is large.`,
  );
}
