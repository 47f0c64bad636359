import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import { newKey, parseKeys, type SecretKey, writeKeys } from './key.ts';

// Small, local and seldom: read at once, so that a value can be opened in the middle of synchronous code.

/** Null: there is no such file. Errors: `secret_key_exposed`, `secret_key_invalid`, `secret_key_unreadable`. */
export function readKeyFile(file: string): SecretKey[] | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new FabricError('secret_key_unreadable', `The key file ${file} cannot be read: ${messageOf(cause)}`, {
      cause,
      context: { file },
    });
  }
  try {
    const mode = fstatSync(handle).mode & 0o777;
    if ((mode & 0o077) !== 0) {
      throw new FabricError(
        'secret_key_exposed',
        `The key file ${file} can be read by others (mode ${mode.toString(8)}). Run chmod 600 ${file}; if others may have ` +
          'read it, change the key with: switchyard secrets rotate',
        { context: { file, mode: mode.toString(8) } },
      );
    }
    return parseKeys(readFileSync(handle, 'utf8'), file);
  } finally {
    closeSync(handle);
  }
}

/** What tells one content of the file from the next: a change always comes as another inode. */
export function stampOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : null;
}

/** A first key. Of two that do this at once both end with the same one. */
export function createKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = writeDraft(file, [newKey()]);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncDirectory(path.dirname(file));
}

/** At any instant the file is the old one or the new one, whole. It stays with the account that it belongs to. */
export function replaceKeyFile(named: string, keys: readonly SecretKey[]): void {
  const file = realpathSync(named);
  const { uid, gid } = statSync(file);
  const draft = writeDraft(file, keys);
  try {
    if (uid !== process.geteuid?.()) chownSync(draft, uid, gid);
    renameSync(draft, file);
  } catch (error) {
    unlinkSync(draft);
    throw error;
  }
  syncDirectory(path.dirname(file));
}

function writeDraft(file: string, keys: readonly SecretKey[]): string {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, writeKeys(keys), { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}

/** A new name is on the disk only when its directory is (fsync(2)). */
function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
