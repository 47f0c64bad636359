/** How a client's firmware loads its first program. */
export interface BootArchitecture {
  /** Processor Architecture Types registry of IANA (RFC 4578 §2.1, RFC 5970 §3.3). */
  id: number;
  name: string;
  firmware: 'bios' | 'uefi';
  /** The iPXE to give it. */
  loader: string;
  /** `http`: UEFI HTTP boot, which wants a URL and its own vendor class back. */
  transport: 'tftp' | 'http';
}

/** Everything that is answered; a client with another id gets an address but nothing to boot. */
export const BOOT_ARCHITECTURES: readonly BootArchitecture[] = [
  { id: 0, name: 'BIOS', firmware: 'bios', loader: 'undionly.kpxe', transport: 'tftp' },
  { id: 7, name: 'UEFI x86-64', firmware: 'uefi', loader: 'snponly.efi', transport: 'tftp' },
  // Registered as EFI byte code, but sent by x86-64 firmware: RFC 4578's erratum 1739 swapped 7 and 9.
  { id: 9, name: 'UEFI x86-64 (as EBC)', firmware: 'uefi', loader: 'snponly.efi', transport: 'tftp' },
  { id: 11, name: 'UEFI ARM64', firmware: 'uefi', loader: 'snponly-arm64.efi', transport: 'tftp' },
  { id: 16, name: 'UEFI x86-64 HTTP', firmware: 'uefi', loader: 'snponly.efi', transport: 'http' },
  { id: 19, name: 'UEFI ARM64 HTTP', firmware: 'uefi', loader: 'snponly-arm64.efi', transport: 'http' },
];

const BY_ID = new Map(BOOT_ARCHITECTURES.map((architecture) => [architecture.id, architecture]));

export function bootArchitecture(id: number): BootArchitecture | null {
  return BY_ID.get(id) ?? null;
}

/** Path of a boot loader under the HTTP boot server's base; over TFTP it is the bare name. */
export const LOADER_PATH = '/loaders';
/** Path of the iPXE script. */
export const IPXE_SCRIPT_PATH = '/boot.ipxe';
