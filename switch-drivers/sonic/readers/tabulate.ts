/** One row of a table, by the heading of its column; `line` is as printed. */
export interface TableRow {
  line: string;
  cells: Record<string, string>;
}

/**
 * Tables as SONiC's commands print them: headings over runs of dashes that are as wide as their columns, so that a cell may
 * be empty or hold blanks. Lines outside of a table are `rest`.
 */
export function tabulated(output: string): { rows: TableRow[]; rest: string[] } {
  const rows: TableRow[] = [];
  const rest: string[] = [];
  const lines = output.split(/\r?\n/);
  let columns: Array<{ name: string; start: number; end: number }> = [];
  for (const [index, line] of lines.entries()) {
    if (isRuler(lines[index + 1])) columns = columnsUnder(line, lines[index + 1] ?? '');
    else if (isRuler(line)) continue;
    else if (line.trim() === '') columns = [];
    else if (columns.length === 0) rest.push(line);
    else {
      const cells = columns.map(({ name, start, end }) => [name, line.slice(start, end).trim()] as const);
      rows.push({ line, cells: Object.fromEntries(cells) });
    }
  }
  return { rows, rest };
}

function isRuler(line: string | undefined): boolean {
  return line !== undefined && /^ *-{2,}(?: +-{2,})* *$/.test(line);
}

function columnsUnder(heading: string, ruler: string) {
  const runs = [...ruler.matchAll(/-+/g)];
  return runs.map(({ index, 0: dashes }, position) => {
    const end = runs[position + 1]?.index ?? Number.POSITIVE_INFINITY;
    return { name: heading.slice(index, index + dashes.length).trim(), start: index, end };
  });
}
