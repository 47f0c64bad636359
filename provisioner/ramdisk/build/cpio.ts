/** One file of an archive. `path` is relative, without a leading slash. */
export type CpioEntry =
  | { path: string; kind: 'file'; mode: number; data: Uint8Array }
  | { path: string; kind: 'link'; target: string }
  | { path: string; kind: 'device'; major: number; minor: number; mode: number };

const MODES = { file: 0o100000, link: 0o120000, device: 0o020000, directory: 0o040000 } as const;

/**
 * A cpio archive in the "new ASCII" format that the kernel unpacks (Linux Documentation, driver-api/early-userspace/
 * buffer-format). Directories are made from the paths; owner root, time 0, so that equal input gives equal bytes.
 */
export function cpioOf(entries: CpioEntry[]): Buffer {
  const directories = new Set<string>();
  for (const { path } of entries) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++) directories.add(parts.slice(0, depth).join('/'));
  }
  const parts: Buffer[] = [];
  let inode = 1;
  const add = (path: string, mode: number, data: Uint8Array, device: [number, number] = [0, 0]): void => {
    const name = Buffer.from(`${path}\0`);
    const links = 1;
    const fields = [inode++, mode, 0, 0, links, 0, data.length, 0, 0, ...device, name.length, 0];
    const header = Buffer.from(`070701${fields.map((value) => value.toString(16).padStart(8, '0')).join('')}`);
    parts.push(header, name, padding(header.length + name.length), Buffer.from(data), padding(data.length));
  };
  for (const path of [...directories].sort()) add(path, MODES.directory | 0o755, new Uint8Array(0));
  for (const entry of [...entries].sort((left, right) => (left.path < right.path ? -1 : 1))) {
    if (entry.kind === 'file') add(entry.path, MODES.file | entry.mode, entry.data);
    else if (entry.kind === 'link') add(entry.path, MODES.link | 0o777, Buffer.from(entry.target));
    else add(entry.path, MODES.device | entry.mode, new Uint8Array(0), [entry.major, entry.minor]);
  }
  inode = 0;
  add('TRAILER!!!', 0, new Uint8Array(0));
  return Buffer.concat(parts);
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
