/** The 16 bytes of a UUID text, or null. */
function bytesOf(uuid: string): Buffer | null {
  const hex = uuid
    .trim()
    .replace(/^\{|\}$/g, '')
    .replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(hex) ? Buffer.from(hex, 'hex') : null;
}

export function formatUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** SMBIOS 2.6 (DSP0134 7.2.1) stores the first three fields little-endian. Its own inverse. */
export function swapSmbiosFields(bytes: Uint8Array): Buffer {
  const b = Buffer.from(bytes);
  b.subarray(0, 4).reverse();
  b.subarray(4, 6).reverse();
  b.subarray(6, 8).reverse();
  return b;
}

const reversed = (bytes: Uint8Array): Buffer => Buffer.from(bytes).reverse();

/**
 * Whether two UUID texts name the same system. Accepts either in SMBIOS field order, and either in the fully reversed
 * order of the IPMI specification (20.8): BMC and BIOS of one machine often disagree. Blank UUIDs (all 0 or all f) are
 * equal to nothing.
 */
export function sameUuid(a: string, b: string): boolean {
  const left = bytesOf(a);
  const right = bytesOf(b);
  if (!left || !right || isBlank(left)) return false;
  const forms = [
    left,
    swapSmbiosFields(left),
    reversed(left),
    reversed(swapSmbiosFields(left)),
    swapSmbiosFields(reversed(left)),
  ];
  return forms.some((form) => form.equals(right));
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((x) => x === 0) || bytes.every((x) => x === 0xff);
}

/** RFC 9562: version 1..8 in octet 6, variant 10x in octet 8. */
function looksLikeUuid(bytes: Uint8Array): boolean {
  const version = bytes[6]! >> 4;
  return version >= 1 && version <= 8 && bytes[8]! >> 6 === 2;
}

/**
 * Text form of the 16 bytes of IPMI's Get System GUID. The specification wants them reversed, most BMCs send SMBIOS
 * order, some network order: the first reading that has a valid version and variant wins. Null where blank.
 */
export function systemUuidFromGuid(bytes: Uint8Array): string | null {
  if (bytes.length !== 16 || isBlank(bytes)) return null;
  const smbios = swapSmbiosFields(bytes);
  const readings = [smbios, Buffer.from(bytes), reversed(bytes)];
  return formatUuid(readings.find(looksLikeUuid) ?? smbios);
}
