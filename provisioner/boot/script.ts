import { FabricError } from '../../topology/error/fabric-error.ts';
import { type KernelParams, renderKernelParams, SAFE_WORD } from './kernel-params.ts';

/** What a machine is to do, decided by the lifecycle; rendered for iPXE or GRUB. */
export type BootScript =
  | { action: 'boot'; kernel: string; initrd: string | null; params: KernelParams }
  | { action: 'local-disk' }
  | { action: 'wait'; seconds: number };

/** Name the initial ramdisk gets inside iPXE; the EFI stub finds it by that on the command line. */
const INITRD_NAME = 'rd';
const RETRY_SECONDS = 5;

/**
 * @param self The script's own URL: where a machine that waits, or whose download failed, asks again.
 * @throws FabricError boot_script_invalid, kernel_param_invalid.
 */
export function renderIpxe(script: BootScript, self: string): string {
  const again = `chain --replace --autofree ${checkUrl(self)} || goto retry`;
  const lines = ['#!ipxe'];
  if (script.action === 'local-disk') {
    // UEFI goes on to the next boot entry only after a failure; after a success it shows its menu.
    lines.push(`iseq \${platform} efi && exit 1 ||`, 'sanboot --no-describe --drive 0x80');
  } else if (script.action === 'wait') {
    lines.push(':retry', `sleep ${checkSeconds(script.seconds)}`, again);
  } else {
    const params = renderKernelParams(script.params, 'ipxe');
    const initrd = script.initrd === null ? '' : ` initrd=${INITRD_NAME}`;
    lines.push('imgfree', `kernel ${checkUrl(script.kernel)}${initrd} ${params}`.trimEnd().concat(' || goto retry'));
    if (script.initrd !== null) lines.push(`initrd --name ${INITRD_NAME} ${checkUrl(script.initrd)} || goto retry`);
    lines.push('boot || goto retry', ':retry', `sleep ${RETRY_SECONDS}`, again);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * For machines that must load GRUB (secure boot through shim). GRUB's own network stack takes `(http,host:port)/path`.
 *
 * @throws FabricError boot_script_invalid, kernel_param_invalid.
 */
export function renderGrub(script: BootScript, self: string): string {
  const lines = ['set timeout=0', 'set default=0'];
  if (script.action === 'local-disk') lines.push(...GRUB_LOCAL_DISK);
  else if (script.action === 'wait')
    lines.push(`sleep ${checkSeconds(script.seconds)}`, `configfile ${grubPath(self)}`);
  else {
    lines.push(`if linux ${grubPath(script.kernel)} ${renderKernelParams(script.params, 'grub')}`.trimEnd());
    lines.push(script.initrd === null ? 'then true' : `then initrd ${grubPath(script.initrd)}`, 'boot', 'fi');
    lines.push(`sleep ${RETRY_SECONDS}`, `configfile ${grubPath(self)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Under UEFI the firmware's drive order is not visible to GRUB: look for the removable-media loader on any disk. */
const GRUB_LOCAL_DISK = [
  'if [ "$grub_platform" = efi ]; then',
  '  for loader in /efi/boot/bootx64.efi /efi/boot/bootaa64.efi; do',
  '    if search --no-floppy --file --set=root $loader; then chainloader $loader; boot; fi',
  '  done',
  '  exit',
  'else',
  '  set root=(hd0)',
  '  chainloader +1',
  '  boot',
  'fi',
];

function checkSeconds(seconds: number): number {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    throw invalid(`a wait of ${seconds} s is not a whole number between 1 and 3600`);
  }
  return seconds;
}

/** An http(s) URL with nothing in it that iPXE's or GRUB's script language would read as its own. */
function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || !SAFE_WORD.test(text)) {
    throw invalid(`${JSON.stringify(text)} is not a plain http URL`);
  }
  if (url.username || url.password) throw invalid('a URL in a boot script must not carry a password');
  return text;
}

function grubPath(text: string): string {
  const url = new URL(checkUrl(text));
  return `'(${url.protocol.slice(0, -1)},${url.host})${url.pathname}${url.search}'`;
}

function invalid(why: string): FabricError {
  return new FabricError('boot_script_invalid', `Boot script refused: ${why}`);
}
