/** What a person would run before a commit; `npm run check` runs them alone. */
export const staticChecks: ReadonlyArray<{ name: string; args: string[] }> = [
  { name: 'Types (tsc)', args: ['node_modules/typescript/bin/tsc'] },
  {
    name: 'Format and lint (biome)',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
];
