import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** Who asks. */
export interface TftpClientAddress {
  address: string;
  port: number;
}

/** What a request names: bytes, a file, or null for "not found". */
export type TftpFile = Buffer | { path: string } | null;
export type TftpResolver = (filename: string, client: TftpClientAddress) => TftpFile | Promise<TftpFile>;

/**
 * Serves the files under `root` and nothing else: neither `..` nor a symbolic link leads out of it. A leading slash means
 * the root, as firmware writes it; backslashes are separators (UEFI).
 */
export function directoryResolver(root: string): TftpResolver {
  return async (filename) => {
    if (filename.includes('\0')) return null;
    const relative = filename.replaceAll('\\', '/').replace(/^\/+/, '');
    if (relative === '' || relative.split('/').includes('..')) return null;
    try {
      const base = await realpath(root);
      const target = await realpath(path.join(base, relative));
      return target.startsWith(base.endsWith(path.sep) ? base : base + path.sep) ? { path: target } : null;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP') return null;
      throw error;
    }
  };
}
