import { FabricError } from '../../topology/error/fabric-error.ts';
import type { ImageRequest } from './deps.ts';
import type { NodeRow } from './node-record.ts';

const HASH_LENGTHS: Record<number, 'sha256' | 'sha512'> = { 64: 'sha256', 128: 'sha512' };

/** The image a node is to be deployed with, from Ironic's instance_info keys. Error: `instance_info_invalid`. */
export function deployImageOf(node: Pick<NodeRow, 'instance_info'>): ImageRequest {
  const info = node.instance_info;
  const source = info.image_source;
  if (typeof source !== 'string' || source === '') {
    throw invalid('instance_info has no image_source: give the URL or path of a raw or qcow2 image');
  }
  const value = String(info.image_os_hash_value ?? info.image_checksum ?? '');
  if (value === '') {
    throw invalid('instance_info has no checksum: set image_os_hash_algo and image_os_hash_value (sha256 or sha512)');
  }
  const algorithm = info.image_os_hash_value !== undefined ? info.image_os_hash_algo : HASH_LENGTHS[value.length];
  if (/^https?:\/\//.test(value)) {
    return {
      source,
      checksum: value,
      algorithm: algorithm === 'sha512' ? 'sha512' : 'sha256',
      diskFormat: formatOf(info),
    };
  }
  if (algorithm !== 'sha256' && algorithm !== 'sha512') {
    throw invalid(
      `the image's checksum must be sha256 or sha512, not ${String(algorithm ?? `${value.length} digits`)}`,
    );
  }
  return { source, checksum: value.toLowerCase(), algorithm, diskFormat: formatOf(info) };
}

function formatOf(info: Record<string, unknown>): 'raw' | 'qcow2' {
  const format = info.image_disk_format ?? (/\.qcow2$/i.test(String(info.image_source)) ? 'qcow2' : 'raw');
  if (format !== 'raw' && format !== 'qcow2')
    throw invalid(`image_disk_format must be raw or qcow2, not ${String(format)}`);
  return format;
}

function invalid(message: string): FabricError {
  return new FabricError('instance_info_invalid', `${message}.`);
}
