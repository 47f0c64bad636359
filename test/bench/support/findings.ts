/** What a benchmark found. Names in `ratios` and `goals` are the same; a goal is text like `>= 1.5`. */
export interface Findings {
  figures: Record<string, number>;
  ratios: Record<string, number>;
  goals: Record<string, string>;
  met: boolean;
}

export interface Bench {
  name: string;
  title: string;
  run(): Promise<Findings>;
}

/** The goal "at least this many times" for each ratio named, and whether all of them are reached. */
export function atLeast(times: number, ratios: Record<string, number>, names: readonly string[]) {
  return {
    goals: Object.fromEntries(names.map((name) => [name, `>= ${times}`])),
    met: names.every((name) => ratios[name]! >= times),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
