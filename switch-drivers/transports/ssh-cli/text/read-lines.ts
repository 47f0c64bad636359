/** What is done with a line that a rule's pattern matches. */
export interface LineRule {
  pattern: RegExp;
  /** Left out: the line is known and says nothing we model. Returns false to leave the line to the rules after it. */
  take?(match: RegExpExecArray, line: string): false | undefined;
}

/**
 * Gives each line to the first rule that takes it; returns the lines that none did, which is how a reader shows what it does
 * not understand. Blank lines belong to nobody. Lines come without their line end and without blanks at the end.
 */
export function readLines(output: string, rules: readonly LineRule[]): string[] {
  const unparsed: string[] = [];
  for (const raw of output.split(/\r?\n/)) {
    const line = raw.trimEnd();
    if (line.trim() === '') continue;
    if (!rules.some((rule) => taken(rule, line))) unparsed.push(line);
  }
  return unparsed;
}

function taken({ pattern, take }: LineRule, line: string): boolean {
  const match = pattern.exec(line);
  return match !== null && take?.(match, line) !== false;
}
