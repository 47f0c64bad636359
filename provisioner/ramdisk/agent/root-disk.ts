import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { InventoryDisk } from './hardware.ts';

/** Root device hints as Ironic has them in `properties.root_device`: size in GiB, the rest as in the inventory. */
export type RootDeviceHints = Record<string, unknown>;

const GIB = 1024 ** 3;
/** ironic-python-agent takes no smaller disk by itself: those are boot flash and card readers. */
const SMALLEST = 4 * GIB;

const NUMBERS: Record<string, (actual: number, wanted: number) => boolean> = {
  '=': (actual, wanted) => actual >= wanted,
  '==': (actual, wanted) => actual === wanted,
  '!=': (actual, wanted) => actual !== wanted,
  '>=': (actual, wanted) => actual >= wanted,
  '<=': (actual, wanted) => actual <= wanted,
  '>': (actual, wanted) => actual > wanted,
  '<': (actual, wanted) => actual < wanted,
};

const TEXTS: Record<string, (actual: string, wanted: string) => boolean> = {
  's==': (actual, wanted) => actual === wanted,
  's!=': (actual, wanted) => actual !== wanted,
  's>=': (actual, wanted) => actual >= wanted,
  's<=': (actual, wanted) => actual <= wanted,
  's>': (actual, wanted) => actual > wanted,
  's<': (actual, wanted) => actual < wanted,
  '<in>': (actual, wanted) => actual.includes(wanted),
};

/**
 * The disk the image goes to. With hints: the first that matches all of them. Without: the smallest of at least 4 GiB,
 * or the largest there is. Throws `disk_no_root` naming the hints and the disks.
 */
export function selectRootDisk(disks: InventoryDisk[], hints: RootDeviceHints | null): InventoryDisk {
  const wanted = Object.entries(hints ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const chosen =
    wanted.length > 0
      ? disks.find((disk) => wanted.every(([key, value]) => hintMatches(disk, key, value)))
      : (smallest(disks.filter((disk) => disk.size >= SMALLEST)) ?? smallest(disks, -1));
  if (chosen) return chosen;
  const seen = disks.map((disk) => `${disk.name} (${disk.model || 'no model'}, ${disk.size} bytes)`).join(', ');
  throw new FabricError(
    'disk_no_root',
    `no disk fits as root device; hints: ${JSON.stringify(hints ?? {})}; disks: ${seen || 'none'}; correct properties.root_device or look at the server's disks`,
    { context: { hints } },
  );
}

/** Hints of the kernel parameter: `root_device=serial=ABC,size=100`. */
export function parseRootDeviceParameter(text: string): RootDeviceHints {
  const pairs = text.split(',').map((part) => {
    const [key = '', ...value] = part.split('=');
    return [key.trim(), value.join('=').trim()] as const;
  });
  return Object.fromEntries(pairs.filter(([key, value]) => key !== '' && value !== ''));
}

function smallest(disks: InventoryDisk[], sign: 1 | -1 = 1): InventoryDisk | undefined {
  return [...disks].sort((left, right) => sign * (left.size - right.size))[0];
}

function hintMatches(disk: InventoryDisk, key: string, value: unknown): boolean {
  if (key === 'size') return numberMatches(Math.floor(disk.size / GIB), String(value));
  if (key === 'rotational')
    return (
      String(disk.rotational) ===
      String(value)
        .toLowerCase()
        .replace(/^(<is> )?\s*/, '')
    );

  const actual = Object.hasOwn(disk, key) ? disk[key as keyof InventoryDisk] : null;
  return typeof actual === 'string' && textMatches(actual.toLowerCase(), String(value).toLowerCase());
}

/** Ironic's operators: a number alone is equality for size; `=` means at least. */
function numberMatches(actual: number, expression: string): boolean {
  const match = /^\s*(==|!=|>=|<=|=|>|<)?\s*(\d{1,12})\s*$/.exec(expression);
  return match !== null && (NUMBERS[match[1] ?? '==']?.(actual, Number(match[2])) ?? false);
}

function textMatches(actual: string, expression: string): boolean {
  if (/^\s*<or>/.test(expression)) {
    const options = expression.split('<or>').map((part) => part.trim());
    return options.some((option) => option !== '' && option === actual);
  }
  const match = /^\s*(s==|s!=|s>=|s<=|s>|s<|<in>)\s+(.*)$/.exec(expression);
  if (match) return TEXTS[match[1] ?? '']?.(actual, (match[2] ?? '').trim()) ?? false;
  return actual === expression.trim();
}
