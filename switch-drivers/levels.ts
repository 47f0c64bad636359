import levels from './levels.json' with { type: 'json' };

/** Level of a driver of ours as the tests of this version found it (`driver check` finds it again); null: not tried. */
export function levelOf(platform: string): string | null {
  const known: Record<string, string | null> = levels;
  return Object.hasOwn(known, platform) ? (known[platform] ?? null) : null;
}
