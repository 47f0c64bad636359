import { FabricError } from '../../topology/error/fabric-error.ts';
import { parseSpec, type Spec } from './spec.ts';

const gib = 2 ** 30;

/** Ironic's hint names; `size` in GiB. */
const hintKinds = {
  size: 'number',
  rotational: 'boolean',
  model: 'text',
  vendor: 'text',
  serial: 'text',
  wwn: 'text',
  wwn_with_extension: 'text',
  wwn_vendor_extension: 'text',
  name: 'text',
  hctl: 'text',
  by_path: 'text',
} as const;
type HintName = keyof typeof hintKinds;

type ParsedHints = Map<HintName, Spec | boolean>;

/** properties/root_device as it is written there. */
export type RootDeviceHints = Record<string, unknown>;

/** What hints are compared with; `size` in bytes. */
export type DiskFacts = { name: string; size: number } & { [Name in HintName]?: unknown };

/**
 * Reads properties/root_device: a value, or an expression with Ironic's operators (`s== x`, `>= 60`, `<or> a <or> b`,
 * `<in> part`, `<all-in> a b`). Throws `root_device_hint_invalid` naming the hint.
 */
export function parseRootDeviceHints(hints: RootDeviceHints): ParsedHints {
  const parsed: ParsedHints = new Map();
  for (const [name, value] of Object.entries(hints)) {
    if (!Object.hasOwn(hintKinds, name))
      throw invalid(name, `is unknown; known are ${Object.keys(hintKinds).join(', ')}`);
    const kind = hintKinds[name as HintName];
    if (kind === 'boolean') {
      parsed.set(name as HintName, truth(name, value));
      continue;
    }
    if (typeof value !== 'string' && typeof value !== 'number') throw invalid(name, 'is neither a text nor a number');
    const spec = parseSpec(String(value), kind);
    if (!spec) throw invalid(name, `"${value}" is no ${kind} expression`);
    parsed.set(name as HintName, spec);
  }
  return parsed;
}

function truth(name: string, value: unknown): boolean {
  const text = String(value).trim().toLowerCase();
  if (['true', '1', 'yes', 'on', 't', 'y'].includes(text)) return true;
  if (['false', '0', 'no', 'off', 'f', 'n'].includes(text)) return false;
  throw invalid(name, `"${value}" is neither true nor false`);
}

function invalid(name: string, problem: string): FabricError {
  return new FabricError('root_device_hint_invalid', `properties/root_device/${name} ${problem}. Correct the hint.`, {
    context: { hint: name },
  });
}

function holds(disk: DiskFacts, name: HintName, hint: Spec | boolean): boolean {
  const value = disk[name];
  if (value === null || value === undefined) return false;
  if (typeof hint === 'boolean') return value === hint;
  return hint(name === 'size' ? String(Math.floor(Number(value) / gib)) : String(value).trim());
}

/**
 * The disk the image goes to: the first, in the agent's order, for which all hints hold; without hints the smallest of at
 * least 4 GiB, as ironic-python-agent has it: smaller ones are boot flash and card readers. Throws `root_device_not_found`,
 * telling what the machine has.
 */
export function selectRootDisk<Disk extends DiskFacts>(disks: Disk[], hints: RootDeviceHints | null | undefined): Disk {
  const byHints = hints && Object.keys(hints).length > 0;
  const found = byHints ? firstThatFits(disks, parseRootDeviceHints(hints)) : smallest(disks);
  if (found) return found;
  const has = disks.map(({ name, size }) => `${name} (${(size / gib).toFixed(1)} GiB)`).join(', ') || 'none';
  throw new FabricError(
    'root_device_not_found',
    byHints
      ? `No disk fits properties/root_device ${JSON.stringify(hints)}. The machine has: ${has}. Correct the hints.`
      : `No disk has at least 4 GiB. The machine has: ${has}. Check its disks and the ramdisk's drivers, or name one in properties/root_device.`,
    { context: { disks: disks.map(({ name, size }) => ({ name, size })) } },
  );
}

function firstThatFits<Disk extends DiskFacts>(disks: Disk[], hints: ParsedHints): Disk | undefined {
  return disks.find((disk) => [...hints].every(([name, hint]) => holds(disk, name, hint)));
}

function smallest<Disk extends DiskFacts>(disks: Disk[]): Disk | undefined {
  return disks.filter(({ size }) => size >= 4 * gib).sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1))[0];
}
