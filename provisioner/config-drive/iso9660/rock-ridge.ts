import { both32, recordTime } from './fields.ts';
import type { IsoNode } from './tree.ts';

/** System use entries: SUSP 1.12 section 5 and RRIP 1.12 section 4. */

function entry(signature: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(signature, 'ascii'), Buffer.from([4 + data.length, 1]), data]);
}

/** POSIX attributes: owner 0:0, files 0444, directories 0555. */
function px(isDirectory: boolean, links: number): Buffer {
  const data = Buffer.alloc(32);
  both32(data, 0, isDirectory ? 0o040555 : 0o100444);
  both32(data, 8, links);
  return entry('PX', data);
}

/** Modification time only, in short form. */
function tf(when: Date): Buffer {
  return entry('TF', Buffer.concat([Buffer.from([0x02]), recordTime(when)]));
}

/** For the records "." and ".."; the root's own "." announces the extension. */
export function dotEntries(isRootItself: boolean, subdirectories: number, when: Date): Buffer {
  const attributes = [px(true, 2 + subdirectories), tf(when)];
  if (!isRootItself) return Buffer.concat(attributes);
  const identifier = Buffer.from('RRIP_1991A', 'ascii');
  const er = entry('ER', Buffer.concat([Buffer.from([identifier.length, 0, 0, 1]), identifier]));
  return Buffer.concat([entry('SP', Buffer.from([0xbe, 0xef, 0])), ...attributes, er]);
}

export function nodeEntries(node: IsoNode, when: Date): Buffer {
  const isDirectory = node.kind === 'directory';
  const subdirectories = isDirectory
    ? [...node.children.values()].filter((child) => child.kind === 'directory').length
    : 0;
  const nm = entry('NM', Buffer.concat([Buffer.from([0]), Buffer.from(node.name, 'ascii')]));
  return Buffer.concat([px(isDirectory, isDirectory ? 2 + subdirectories : 1), tf(when), nm]);
}
