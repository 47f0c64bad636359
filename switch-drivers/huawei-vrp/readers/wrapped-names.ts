import { canonicalName } from '../port-names.ts';

/** Tables put a name that is wider than its column on a line of its own, and the rest of the row, indented, below. */
export function joinWrappedNames(output: string): string {
  const lines: string[] = [];
  let name: string | null = null;
  for (const raw of output.split('\n')) {
    const line = raw.replace(/\r$/, '');
    if (name !== null && /^ {2,}\S/.test(line)) lines[lines.length - 1] = `${name} ${line}`;
    else lines.push(line);
    name = line.length < 80 && canonicalName(line) !== null ? line : null;
  }
  return lines.join('\n');
}
