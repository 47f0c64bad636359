/** What an iPXE script comes down to for the simulated firmware. */
export type IpxeAction =
  | { action: 'boot'; kernel: string; commandLine: string; initrd: string | null }
  | { action: 'retry'; seconds: number; url: string | null }
  | { action: 'local-disk' }
  | { action: 'unknown'; line: string };

/**
 * Reads the commands that a boot script of ours uses, in order, as iPXE would run them: `kernel`, `initrd`, `boot`,
 * `sleep`, `chain`, `sanboot`, `exit`. `|| goto` and labels are the error path and are not followed here: the caller
 * asks for the script again when a download fails.
 */
export function readIpxe(script: string, variables: Record<string, string>): IpxeAction {
  const lines = script.split('\n').map((line) => expand(line.trim(), variables));
  if (lines[0] !== '#!ipxe') return { action: 'unknown', line: lines[0] ?? '' };
  let kernel: { url: string; commandLine: string } | null = null;
  let initrd: string | null = null;
  let seconds = 0;
  for (const line of lines.slice(1)) {
    const [command = '', ...words] = line.replace(/\s*\|\|.*$/, '').split(/\s+/);
    if (command === '' || command.startsWith(':') || command === 'imgfree' || command === 'iseq') continue;
    if (command === 'kernel') kernel = { url: words[0] ?? '', commandLine: words.slice(1).join(' ') };
    else if (command === 'initrd') initrd = words.at(-1) ?? null;
    else if (command === 'sleep') seconds = Number(words[0]);
    else if (command === 'chain')
      return { action: 'retry', seconds, url: words.find((word) => word.startsWith('http')) ?? null };
    else if (command === 'sanboot' || command === 'exit') return { action: 'local-disk' };
    else if (command === 'boot' && kernel) {
      return { action: 'boot', kernel: kernel.url, commandLine: kernel.commandLine, initrd };
    } else return { action: 'unknown', line };
  }
  return { action: 'local-disk' };
}

function expand(line: string, variables: Record<string, string>): string {
  return line.replace(/\$\{([^}]+)\}/g, (_, name: string) => variables[name] ?? '');
}
