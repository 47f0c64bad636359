import { FabricError } from '../../topology/error/fabric-error.ts';

/**
 * The kernel command line, in order: name to value, `true` for a bare flag, a list for a parameter given several times
 * (`console`).
 */
export type KernelParams = Readonly<Record<string, string | number | true | readonly string[]>>;

/** x86's COMMAND_LINE_SIZE, the zero included; what is longer would be cut off silently. */
const MAX_LENGTH = 2047;

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/**
 * Printable ASCII without blank, quotes, backslash, backquote and `$`: a word made of these is one word to iPXE, to GRUB
 * and to the kernel, and expands to itself.
 */
export const SAFE_WORD = /^[!#%&()*+,\-./0-9:;<=>?@A-Z[\]^_a-z{|}~]+$/;
/** Words that end a command or begin a comment in iPXE when they stand alone. */
const IPXE_OPERATOR = /^(\|\||&&|;|#.*)$/;

/**
 * The parameters as one line for a boot loader.
 *
 * @throws FabricError kernel_param_invalid naming the parameter; nothing is escaped or dropped silently.
 */
export function renderKernelParams(params: KernelParams, loader: 'ipxe' | 'grub'): string {
  const words: string[] = [];
  for (const [name, value] of Object.entries(params)) {
    if (!NAME.test(name)) throw invalid(name, 'its name may have letters, digits, `_`, `-` and `.` only');
    if (value === true) words.push(quote(name, loader));
    else
      for (const item of typeof value === 'object' ? value : [String(value)]) words.push(parameter(name, item, loader));
  }
  const line = words.join(' ');
  if (line.length > MAX_LENGTH) throw invalid('(all)', `together they are longer than ${MAX_LENGTH} characters`);
  return line;
}

function parameter(name: string, value: string, loader: 'ipxe' | 'grub'): string {
  const words = value.split(' ');
  const safe = value === '' || words.every((word) => SAFE_WORD.test(word) && !IPXE_OPERATOR.test(word));
  if (!safe) throw invalid(name, `its value ${JSON.stringify(value)} has characters a boot loader would interpret`);
  if (words.length === 1) return quote(`${name}=${value}`, loader);
  // GRUB writes the kernel's quotes itself around a word with a blank in it.
  return loader === 'grub' ? quote(`${name}=${value}`, loader) : `${name}="${value}"`;
}

/** Single quotes are literal in GRUB; iPXE has no quoting, its words end at blanks. */
function quote(word: string, loader: 'ipxe' | 'grub'): string {
  return loader === 'grub' ? `'${word}'` : word;
}

function invalid(name: string, why: string): FabricError {
  return new FabricError('kernel_param_invalid', `Kernel parameter ${name} refused: ${why}`, { context: { name } });
}
