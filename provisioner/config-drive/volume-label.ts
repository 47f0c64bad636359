/** Volume label of an ISO 9660 or FAT image without trailing blanks; null for anything else. */
export function volumeLabel(image: Buffer): string | null {
  const primary = 16 * 2048;
  if (
    image.length >= primary + 2048 &&
    image[primary] === 1 &&
    image.toString('latin1', primary + 1, primary + 6) === 'CD001'
  ) {
    return image.toString('latin1', primary + 40, primary + 72).trimEnd();
  }
  // FAT: label of the extended boot record, FAT12/16 at 43, FAT32 at 71.
  if (image.length < 512 || image[510] !== 0x55 || image[511] !== 0xaa) return null;
  for (const [type, label] of [
    [54, 43],
    [82, 71],
  ] as const) {
    if (image.toString('latin1', type, type + 3) === 'FAT')
      return image.toString('latin1', label, label + 11).trimEnd();
  }
  return null;
}
