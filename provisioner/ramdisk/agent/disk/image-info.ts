import { FabricError } from '../../../../topology/error/fabric-error.ts';

/** A whole-disk raw image and how to prove that it arrived. */
export interface ImageSource {
  id: string;
  urls: string[];
  algorithm: 'sha256' | 'sha384' | 'sha512';
  /** Lower-case hex. */
  digest: string;
}

const DIGEST_LENGTH = { sha256: 64, sha384: 96, sha512: 128 } as const;

/** Checks the `image_info` argument of write_image; everything it cannot do is a FabricError that says what to change. */
export function parseImageInfo(value: unknown): ImageSource {
  if (typeof value !== 'object' || value === null) {
    throw invalid('image_info is missing; send the step with args.image_info');
  }
  const info = value as Record<string, unknown>;
  const id = typeof info.id === 'string' ? info.id : 'image';
  const urls = (Array.isArray(info.urls) ? info.urls : []).filter((url): url is string => typeof url === 'string');
  if (urls.length === 0) throw invalid(`image ${id} has no URL; send image_info.urls`);
  if (info.image_type === 'partition') {
    throw invalid(`image ${id} is a partition image; this ramdisk writes whole-disk images only, build one of those`);
  }
  if (typeof info.disk_format === 'string' && info.disk_format !== 'raw') {
    throw invalid(
      `image ${id} is ${info.disk_format}; this ramdisk does not convert, let the conductor serve it as raw (force_raw_images)`,
    );
  }
  return { id, urls, ...digestOf(id, info) };
}

function digestOf(id: string, info: Record<string, unknown>): Pick<ImageSource, 'algorithm' | 'digest'> {
  const stated = typeof info.os_hash_algo === 'string' ? info.os_hash_algo.toLowerCase() : null;
  const value = stated ? info.os_hash_value : info.checksum;
  if (typeof value !== 'string' || value === '') {
    throw invalid(`image ${id} has no checksum; set image_os_hash_algo and image_os_hash_value (sha256 or sha512)`);
  }
  if (/^[a-z]+:\/\//i.test(value)) {
    throw invalid(`the checksum of image ${id} is a URL; let the conductor resolve it and send the digest itself`);
  }
  const digest = value.trim().toLowerCase();
  const algorithms = Object.keys(DIGEST_LENGTH) as Array<keyof typeof DIGEST_LENGTH>;
  const algorithm = algorithms.find((one) => (stated ? one === stated : DIGEST_LENGTH[one] === digest.length));
  if (!algorithm) {
    throw invalid(
      `image ${id} is secured by ${stated ?? 'a digest'} that is not accepted; use sha256, sha384 or sha512`,
    );
  }
  if (digest.length !== DIGEST_LENGTH[algorithm] || !/^[0-9a-f]+$/.test(digest)) {
    throw invalid(`the checksum of image ${id} is not a ${algorithm} digest in hex; correct image_os_hash_value`);
  }
  return { algorithm, digest };
}

function invalid(message: string): FabricError {
  return new FabricError('image_invalid', message);
}
