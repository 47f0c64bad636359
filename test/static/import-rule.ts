import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Who may import whom (docs/architecture.md): a layer's own files and the layers listed. */
const LAYERS: Record<string, string[]> = {
  topology: ['topology'],
  'switch-drivers': ['switch-drivers', 'topology'],
  provisioner: ['provisioner', 'topology'],
  src: ['src', 'switch-drivers', 'provisioner', 'topology'],
};

/** The virtual rack plays switches and servers; the controller must not know that it exists. */
const RACK = 'src/rack';
const RACK_USERS = ['src/rack', 'src/cli'];

/** What the pure core must not reach for (design §3): sockets, files, clocks and randomness come in as arguments. */
const IMPURE = /^node:(?!buffer$|util$|assert$)/;

export interface Offence {
  file: string;
  imports: string;
  why: string;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => (match[1] ?? match[2])!);
}

/** Every import in the tree under `root` that climbs the house. */
export function findOffences(root: string): Offence[] {
  const offences: Offence[] = [];
  for (const layer of Object.keys(LAYERS)) {
    for (const file of sources(path.join(root, layer))) {
      const name = path.relative(root, file);
      for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
        const why = offenceOf(name, layer, specifier);
        if (why) offences.push({ file: name, imports: specifier, why });
      }
    }
  }
  return offences;
}

export function offenceOf(file: string, layer: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) {
    return layer === 'topology' && IMPURE.test(specifier) ? 'the core has no socket, file or clock of its own' : null;
  }
  const target = path.normalize(path.join(path.dirname(file), specifier));
  const targetLayer = target.split(path.sep)[0]!;
  if (!LAYERS[layer]!.includes(targetLayer)) return `${layer} may import ${LAYERS[layer]!.join(', ')}`;
  if (target.startsWith(`${RACK}/`) && !RACK_USERS.some((user) => file.startsWith(`${user}/`))) {
    return 'nothing in the controller may know the virtual rack';
  }
  return null;
}

function sources(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
