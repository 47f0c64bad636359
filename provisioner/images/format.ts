import { FabricError } from '../../topology/error/fabric-error.ts';

export type DiskFormat = 'raw' | 'qcow2';
/** Bytes of an image's head that `detectFormat` and `parseQcow2Header` want. */
export const headBytes = 64 * 1024;

const signatures: [string, number, Buffer][] = [
  ['qcow2', 0, Buffer.from('QFI\xfb', 'latin1')],
  ['qed', 0, Buffer.from('QED\0', 'latin1')],
  ['vmdk', 0, Buffer.from('KDMV', 'latin1')],
  ['vmdk', 0, Buffer.from('COWD', 'latin1')],
  ['vmdk', 0, Buffer.from('# Disk DescriptorFile', 'latin1')],
  ['vhdx', 0, Buffer.from('vhdxfile', 'latin1')],
  ['vhd', 0, Buffer.from('conectix', 'latin1')],
  ['vdi', 0x40, Buffer.from([0x7f, 0x10, 0xda, 0xbe])],
  ['luks', 0, Buffer.from('LUKS\xba\xbe', 'latin1')],
];

/** The container format by its signature; "raw" when there is none. */
export function detectFormat(head: Buffer): string {
  return (
    signatures.find(([, offset, magic]) => head.subarray(offset, offset + magic.length).equals(magic))?.[0] ?? 'raw'
  );
}

export interface Qcow2Header {
  version: 2 | 3;
  /** Bytes of the disk inside. */
  virtualSize: number;
}

/**
 * Reads and vets a qcow2 header (QEMU docs/interop/qcow2). Refused, with `image_unsafe`: a backing file or an external
 * data file, by which an image makes qemu-img read any file of this machine; encryption; unknown incompatible features.
 */
export function parseQcow2Header(head: Buffer): Qcow2Header {
  if (head.length < 72 || detectFormat(head) !== 'qcow2') throw unsafe('it has no qcow2 header');
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw unsafe(`qcow2 version ${version} is unknown`);
  if (head.readBigUInt64BE(8) !== 0n || head.readUInt32BE(16) !== 0) throw unsafe('it refers to a backing file');
  if (head.readUInt32BE(32) !== 0) throw unsafe('it is encrypted');
  const clusterBits = head.readUInt32BE(20);
  if (clusterBits < 9 || clusterBits > 21) throw unsafe(`its cluster size 2^${clusterBits} is out of range`);
  const virtualSize = Number(head.readBigUInt64BE(24));
  if (!Number.isSafeInteger(virtualSize) || virtualSize === 0) throw unsafe('its size is out of range');
  if (version === 3) vetVersion3(head);
  else vetExtensions(head, 72);
  return { version, virtualSize };
}

const incompatible = { dirty: 1n, externalData: 4n, compression: 8n, extendedL2: 16n };

function vetVersion3(head: Buffer): void {
  const features = head.readBigUInt64BE(72);
  if (features & incompatible.externalData) throw unsafe('its data is in an external file');
  if (features & ~(incompatible.dirty | incompatible.compression | incompatible.extendedL2))
    throw unsafe('it uses features that are not safe or not known');
  const headerLength = head.length >= 104 ? head.readUInt32BE(100) : 0;
  if (headerLength < 104 || headerLength > head.length - 8) throw unsafe('its header length is out of range');
  vetExtensions(head, headerLength);
}

const extension = { end: 0, backingFormat: 0xe2792aca, externalData: 0x44415441, encryption: 0x0537be77 };

function vetExtensions(head: Buffer, start: number): void {
  for (let at = start; at + 8 <= head.length; ) {
    const type = head.readUInt32BE(at);
    const length = head.readUInt32BE(at + 4);
    if (type === extension.end) return;
    if (type === extension.externalData) throw unsafe('it names an external data file');
    if (type === extension.encryption) throw unsafe('it is encrypted');
    if (type === extension.backingFormat) throw unsafe('it names the format of a backing file');
    at += 8 + Math.ceil(length / 8) * 8;
  }
  throw unsafe('its header extensions do not end');
}

function unsafe(problem: string): FabricError {
  return new FabricError(
    'image_unsafe',
    `The qcow2 image is refused: ${problem}. Flatten it with: qemu-img convert -O qcow2 IN OUT`,
    {
      context: { problem },
    },
  );
}
