export interface FileNode {
  kind: 'file';
  name: string;
  content: Buffer;
  /** First sector; set by the layout. */
  sector: number;
}

export interface DirectoryNode {
  kind: 'directory';
  name: string;
  parent: DirectoryNode | null;
  children: Map<string, IsoNode>;
}

export type IsoNode = FileNode | DirectoryNode;

const namePattern = /^[A-Za-z0-9._-]{1,64}$/;

/** Directories and files out of `a/b/c` paths. The same Buffer under two paths is stored once. */
export function buildTree(files: Iterable<readonly [string, Buffer]>): DirectoryNode {
  const root: DirectoryNode = { kind: 'directory', name: '', parent: null, children: new Map() };
  for (const [path, content] of files) {
    const parts = path.split('/');
    if (parts.length > 7) throw new RangeError(`${path}: deeper than the eight levels of ISO 9660`);
    let here = root;
    for (const [index, name] of parts.entries()) {
      if (!namePattern.test(name) || name === '.' || name === '..')
        throw new RangeError(`${path}: unusable name "${name}"`);
      const there = here.children.get(name);
      if (index === parts.length - 1) {
        if (there) throw new RangeError(`${path} is given twice`);
        here.children.set(name, { kind: 'file', name, content, sector: 0 });
      } else if (there?.kind === 'file') {
        throw new RangeError(`${path}: ${name} is a file`);
      } else {
        const next: DirectoryNode = there ?? { kind: 'directory', name, parent: here, children: new Map() };
        here.children.set(name, next);
        here = next;
      }
    }
  }
  return root;
}

/** ECMA-119 6.9.1 order of path tables: by level, then by parent's number, then by name as `nameOf` spells it. */
export function directoriesInOrder(root: DirectoryNode, nameOf: (node: IsoNode) => Buffer): DirectoryNode[] {
  const all: DirectoryNode[] = [root];
  for (let at = 0; at < all.length; at++) {
    all.push(...sortedChildren(all[at]!, nameOf).filter((child) => child.kind === 'directory'));
  }
  return all;
}

export function sortedChildren(directory: DirectoryNode, nameOf: (node: IsoNode) => Buffer): IsoNode[] {
  return [...directory.children.values()].sort((a, b) => Buffer.compare(nameOf(a), nameOf(b)));
}

/** Every distinct file content in tree order. */
export function filesOf(root: DirectoryNode): FileNode[] {
  return [...root.children.values()].flatMap((child) => (child.kind === 'file' ? [child] : filesOf(child)));
}
