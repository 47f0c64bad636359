/** `image_info` of write_image. Null and absent mean the same to the agent. */
export interface ImageInfo {
  id: string;
  urls: string[];
  disk_format: 'raw' | 'qcow2';
  container_format: string | null;
  /** Raw only: written to the disk while it arrives instead of through the ramdisk's memory. */
  stream_raw_images: boolean;
  os_hash_algo: 'sha256' | 'sha512';
  os_hash_value: string;
  node_uuid: string;
  image_type?: 'whole-disk';
}

/** A whole-disk image for the agent. `sha256`: hex, of the very bytes the URLs deliver. */
export function wholeDiskImage(options: {
  id: string;
  urls: string[];
  diskFormat: 'raw' | 'qcow2';
  sha256: string;
  nodeUuid: string;
}): ImageInfo {
  return {
    id: options.id,
    urls: options.urls,
    disk_format: options.diskFormat,
    container_format: null,
    stream_raw_images: options.diskFormat === 'raw',
    os_hash_algo: 'sha256',
    os_hash_value: options.sha256,
    node_uuid: options.nodeUuid,
    image_type: 'whole-disk',
  };
}
