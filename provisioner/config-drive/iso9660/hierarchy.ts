import { both16, both32, recordTime, sectorSize, sectorsOf, ucs2be } from './fields.ts';
import { dotEntries, nodeEntries } from './rock-ridge.ts';
import { type DirectoryNode, directoriesInOrder, type IsoNode, sortedChildren } from './tree.ts';

export type Flavour = 'primary' | 'joliet';

/** One of the two directory hierarchies over the same files. */
export interface Hierarchy {
  flavour: Flavour;
  directories: DirectoryNode[];
  names: (node: IsoNode) => Buffer;
  sectors: Map<DirectoryNode, number>;
  pathTableSize: number;
}

export function hierarchyOf(root: DirectoryNode, flavour: Flavour): Hierarchy {
  const names = flavour === 'joliet' ? jolietName : primaryNames(root);
  const directories = directoriesInOrder(root, names);
  const pathTableSize = directories.reduce(
    (sum, directory) => sum + pathEntryLength(identifierOf(directory, names)),
    0,
  );
  return { flavour, directories, names, sectors: new Map(), pathTableSize };
}

/** Joliet: the name itself, files without a version (as mkisofs and Windows readers take it, with ";1"). */
function jolietName(node: IsoNode): Buffer {
  return ucs2be(node.kind === 'file' ? `${node.name};1` : node.name);
}

/** ECMA-119 7.5, 7.6 at level 2: d-characters, at most 30; made unique within the directory by a number. */
function primaryNames(root: DirectoryNode): (node: IsoNode) => Buffer {
  const names = new Map<IsoNode, Buffer>();
  const walk = (directory: DirectoryNode): void => {
    const taken = new Set<string>();
    for (const child of [...directory.children.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const dot = child.kind === 'file' ? child.name.lastIndexOf('.') : -1;
      const clean = (text: string, length: number): string =>
        text
          .toUpperCase()
          .replace(/[^A-Z0-9_]/g, '_')
          .slice(0, length);
      const stem = clean(dot > 0 ? child.name.slice(0, dot) : child.name, 20);
      const extension = dot > 0 ? clean(child.name.slice(dot + 1), 8) : '';
      for (let number = 0; ; number++) {
        const name = `${number === 0 ? stem : `${stem.slice(0, 16)}${String(number).padStart(4, '0')}`}${child.kind === 'file' ? `.${extension};1` : ''}`;
        if (taken.has(name)) continue;
        taken.add(name);
        names.set(child, Buffer.from(name, 'ascii'));
        break;
      }
      if (child.kind === 'directory') walk(child);
    }
  };
  walk(root);
  return (node) => names.get(node) ?? Buffer.from([0]);
}

function identifierOf(directory: DirectoryNode, names: (node: IsoNode) => Buffer): Buffer {
  return directory.parent === null ? Buffer.from([0]) : names(directory);
}

const pathEntryLength = (identifier: Buffer): number => 8 + identifier.length + (identifier.length % 2);

/** ECMA-119 9.4. */
export function pathTable(hierarchy: Hierarchy, order: 'little' | 'big'): Buffer {
  const numbers = new Map(hierarchy.directories.map((directory, index) => [directory, index + 1]));
  const entries = hierarchy.directories.map((directory) => {
    const identifier = identifierOf(directory, hierarchy.names);
    const entry = Buffer.alloc(pathEntryLength(identifier));
    const sector = hierarchy.sectors.get(directory)!;
    const parent = numbers.get(directory.parent ?? directory)!;
    entry[0] = identifier.length;
    if (order === 'little') {
      entry.writeUInt32LE(sector, 2);
      entry.writeUInt16LE(parent, 6);
    } else {
      entry.writeUInt32BE(sector, 2);
      entry.writeUInt16BE(parent, 6);
    }
    identifier.copy(entry, 8);
    return entry;
  });
  return Buffer.concat(entries);
}

/** ECMA-119 9.1. */
export function directoryRecord(
  identifier: Buffer,
  sector: number,
  size: number,
  isDirectory: boolean,
  when: Date,
  systemUse: Buffer,
): Buffer {
  const nameEnd = 33 + identifier.length;
  const systemStart = nameEnd + (nameEnd % 2);
  const length = systemStart + systemUse.length;
  const record = Buffer.alloc(length + (length % 2));
  if (record.length > 255) throw new RangeError('directory record longer than 255 bytes');
  record[0] = record.length;
  both32(record, 2, sector);
  both32(record, 10, size);
  recordTime(when).copy(record, 18);
  record[25] = isDirectory ? 2 : 0;
  both16(record, 28, 1);
  record[32] = identifier.length;
  identifier.copy(record, 33);
  systemUse.copy(record, systemStart);
  return record;
}

/** A directory's extent: records never cross a sector (6.8.1.1). Sizes do not depend on the sectors, so it also measures. */
export function directoryExtent(
  hierarchy: Hierarchy,
  directory: DirectoryNode,
  when: Date,
  sizes: Map<DirectoryNode, number>,
): Buffer {
  const { names, flavour, sectors } = hierarchy;
  const rockRidge = flavour === 'primary';
  const parent = directory.parent ?? directory;
  const subdirectories = (of: DirectoryNode): number =>
    [...of.children.values()].filter((child) => child.kind === 'directory').length;
  const dot = (identifier: number, of: DirectoryNode): Buffer => {
    const use = rockRidge
      ? dotEntries(identifier === 0 && of.parent === null, subdirectories(of), when)
      : Buffer.alloc(0);
    return directoryRecord(Buffer.from([identifier]), sectors.get(of) ?? 0, sizes.get(of) ?? 0, true, when, use);
  };
  const records = [dot(0, directory), dot(1, parent)];
  for (const child of sortedChildren(directory, names)) {
    const isDirectory = child.kind === 'directory';
    const sector = isDirectory ? (sectors.get(child) ?? 0) : child.sector;
    const size = isDirectory ? (sizes.get(child) ?? 0) : child.content.length;
    records.push(
      directoryRecord(
        names(child),
        sector,
        size,
        isDirectory,
        when,
        rockRidge ? nodeEntries(child, when) : Buffer.alloc(0),
      ),
    );
  }
  return packRecords(records);
}

function packRecords(records: Buffer[]): Buffer {
  const pieces: Buffer[] = [];
  let used = 0;
  for (const record of records) {
    const left = sectorSize - (used % sectorSize);
    if (record.length > left) {
      pieces.push(Buffer.alloc(left));
      used += left;
    }
    pieces.push(record);
    used += record.length;
  }
  pieces.push(Buffer.alloc(sectorsOf(used) * sectorSize - used));
  return Buffer.concat(pieces);
}
