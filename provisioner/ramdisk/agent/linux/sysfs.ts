import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename } from 'node:path';

/** A sysfs or procfs attribute without its line end; null when there is none or it cannot be read now. */
export async function attribute(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, 'utf8')).replaceAll('\0', '').trim();
    return text === '' ? null : text;
  } catch {
    // Drivers leave attributes out, and answer EINVAL for some (speed without carrier): unknown, not an error.
    return null;
  }
}

export async function numberAttribute(path: string): Promise<number | null> {
  const text = await attribute(path);
  const value = text === null ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** Last part of a symbolic link's target, e.g. the driver's name; null when there is no link. */
export async function linkName(path: string): Promise<string | null> {
  try {
    return basename(await readlink(path));
  } catch {
    return null;
  }
}

export async function realPath(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    return null;
  }
}

export async function entries(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch {
    return [];
  }
}
