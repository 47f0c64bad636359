import { both16, both32, padded, sectorSize, sectorsOf, ucs2be, volumeTime } from './fields.ts';
import { directoryExtent, directoryRecord, type Flavour, type Hierarchy, hierarchyOf, pathTable } from './hierarchy.ts';
import { buildTree, type DirectoryNode, filesOf } from './tree.ts';

export interface IsoOptions {
  /** Volume label; at most 16 characters, so that Joliet holds it too. */
  volumeId: string;
  /** `a/b/c` -> content. */
  files: Iterable<readonly [string, Buffer]>;
  /** All times in the image, so that equal input gives equal bytes. */
  when: Date;
}

const systemArea = 16;

/** An ISO 9660 image (ECMA-119 level 2) with Rock Ridge and Joliet over the same file extents. Throws RangeError on unusable names. */
export function writeIso(options: IsoOptions): Buffer {
  const root = buildTree(options.files);
  const hierarchies = [hierarchyOf(root, 'primary'), hierarchyOf(root, 'joliet')];
  let next = systemArea + hierarchies.length + 1;
  const take = (bytes: number): number => {
    const sector = next;
    next += Math.max(1, sectorsOf(bytes));
    return sector;
  };
  const tables = hierarchies.map(({ pathTableSize }) => ({ little: take(pathTableSize), big: take(pathTableSize) }));
  const sizes = hierarchies.map((hierarchy) => {
    const measured = new Map<DirectoryNode, number>();
    for (const directory of hierarchy.directories) {
      const { length } = directoryExtent(hierarchy, directory, options.when, measured);
      measured.set(directory, length);
      hierarchy.sectors.set(directory, take(length));
    }
    return measured;
  });
  const contents = new Map<Buffer, number>();
  for (const file of filesOf(root)) {
    const known = contents.get(file.content);
    file.sector = known ?? take(file.content.length);
    contents.set(file.content, file.sector);
  }

  const image = Buffer.alloc(next * sectorSize);
  const put = (sector: number, bytes: Buffer): void => {
    bytes.copy(image, sector * sectorSize);
  };
  for (const [index, hierarchy] of hierarchies.entries()) {
    const table = tables[index]!;
    put(systemArea + index, volumeDescriptor(hierarchy, root, sizes[index]!, table, next, options));
    put(table.little, pathTable(hierarchy, 'little'));
    put(table.big, pathTable(hierarchy, 'big'));
    for (const directory of hierarchy.directories) {
      put(hierarchy.sectors.get(directory)!, directoryExtent(hierarchy, directory, options.when, sizes[index]!));
    }
  }
  // 8.3: the set terminator.
  put(systemArea + hierarchies.length, Buffer.from('\xffCD001\x01', 'latin1'));
  for (const [content, sector] of contents) put(sector, content);
  return image;
}

/** ECMA-119 8.4 and 8.5. */
function volumeDescriptor(
  hierarchy: Hierarchy,
  root: DirectoryNode,
  sizes: Map<DirectoryNode, number>,
  table: { little: number; big: number },
  sectors: number,
  { volumeId, when }: IsoOptions,
): Buffer {
  const { flavour } = hierarchy;
  const descriptor = Buffer.alloc(sectorSize);
  const field = (offset: number, length: number, text = ''): void => {
    blankFilled(flavour, text, length).copy(descriptor, offset);
  };
  descriptor[0] = flavour === 'primary' ? 1 : 2;
  descriptor.write('CD001', 1, 'ascii');
  descriptor[6] = 1;
  field(8, 32);
  field(40, 32, volumeId);
  both32(descriptor, 80, sectors);
  // Joliet level 3.
  if (flavour === 'joliet') descriptor.write('%/E', 88, 'ascii');
  both16(descriptor, 120, 1);
  both16(descriptor, 124, 1);
  both16(descriptor, 128, sectorSize);
  both32(descriptor, 132, hierarchy.pathTableSize);
  descriptor.writeUInt32LE(table.little, 140);
  descriptor.writeUInt32BE(table.big, 148);
  directoryRecord(Buffer.from([0]), hierarchy.sectors.get(root)!, sizes.get(root)!, true, when, Buffer.alloc(0)).copy(
    descriptor,
    156,
  );
  // Set, publisher, preparer, application; copyright, abstract and bibliographic file.
  for (const offset of [190, 318, 446, 574]) field(offset, 128);
  for (const offset of [702, 739, 776]) field(offset, 37);
  const never = Buffer.concat([Buffer.from('0'.repeat(16), 'ascii'), Buffer.from([0])]);
  for (const [index, time] of [volumeTime(when), volumeTime(when), never, never].entries())
    time.copy(descriptor, 813 + 17 * index);
  descriptor[881] = 1;
  return descriptor;
}

/** Blank-filled text in the flavour's character set. */
function blankFilled(flavour: Flavour, text: string, length: number): Buffer {
  if (flavour === 'primary') return padded(Buffer.from(text, 'ascii'), length, Buffer.from(' '));
  return padded(ucs2be(text), length, ucs2be(' '));
}
