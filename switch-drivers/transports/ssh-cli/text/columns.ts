/** A cell of a table with fixed columns: from one heading's first character to before the next one's. */
export interface Column {
  name: string;
  start: number;
  /** Exclusive; the last column goes on to the end of the line. */
  end: number;
}

/**
 * The columns under a heading line, by the headings given in their order. Null when the line is not that heading.
 * For tables in which a cell may be empty or hold blanks, so that splitting at blanks would lose count.
 */
export function columnsOf(heading: string, names: readonly string[]): Column[] | null {
  const starts: number[] = [];
  let from = 0;
  for (const name of names) {
    const start = heading.indexOf(name, from);
    if (start < 0) return null;
    starts.push(start);
    from = start + name.length;
  }
  return names.map((name, index) => ({
    name,
    start: starts[index] ?? 0,
    end: starts[index + 1] ?? Number.POSITIVE_INFINITY,
  }));
}

/**
 * The cells of a row, trimmed, by heading. A word that a device printed wider than its column belongs to the column it
 * begins in: cells are cut at blanks only.
 */
export function cellsOf(columns: readonly Column[], line: string): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const { name } of columns) cells[name] = '';
  for (const match of line.matchAll(/\S+/g)) {
    const column = columns.findLast(({ start }) => start <= match.index) ?? columns[0];
    if (column) cells[column.name] = `${cells[column.name]} ${match[0]}`.trimStart();
  }
  return cells;
}
