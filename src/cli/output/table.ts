import { type Style, styled, wantsColor } from './style.ts';
import { clean, cut, widthOf } from './text.ts';

export type Cell = string | number | boolean | null | undefined;

export interface Column<Row> {
  title: string;
  value: (row: Row) => Cell;
  /** Default: right for columns that hold numbers only, else left. */
  align?: 'left' | 'right';
  /** Colour of a cell, where colours are shown. */
  style?: (row: Row) => Style | null;
  /** May be cut with an ellipsis where the terminal is too narrow for the table. */
  shrink?: boolean;
}

export interface TableOptions {
  /** Default: standard output is a terminal, and NO_COLOR is not set. */
  color?: boolean;
  /** Columns of the terminal; null: as wide as the content. Default: that of standard output, null where it is a file. */
  width?: number | null;
}

const GAP = '  ';
const EMPTY = '-';
const LEAST = 8;

/**
 * A table as text, without a final newline: a line of titles and one line a row, never wrapped. Absent cells show `-`;
 * control characters of the content are left out. No rows: the titles alone.
 */
export function renderTable<Row>(
  columns: ReadonlyArray<Column<Row>>,
  rows: readonly Row[],
  options: TableOptions = {},
): string {
  const color = options.color ?? wantsColor();
  const limit = options.width === undefined ? terminalWidth() : options.width;
  const cells = rows.map((row) => columns.map((column) => textOf(column.value(row))));
  const widths = columns.map(({ title }, at) =>
    cells.reduce((most, line) => Math.max(most, widthOf(line[at]!)), widthOf(title)),
  );
  if (limit !== null) shrink(columns, widths, limit);
  const right = columns.map(({ align, value }) => (align ? align === 'right' : numeric(rows.map(value))));
  const line = (texts: readonly string[], styleOf: (at: number) => Style | null): string =>
    texts
      .map((text, at) => {
        const shown = cut(text, widths[at]!);
        const padding = ' '.repeat(widths[at]! - widthOf(shown));
        const colored = styled(styleOf(at), shown, color);
        return right[at] ? padding + colored : colored + padding;
      })
      .join(GAP)
      .trimEnd();
  return [
    line(
      columns.map(({ title }) => title),
      () => 'strong',
    ),
    ...rows.map((row, index) => line(cells[index]!, (at) => columns[at]!.style?.(row) ?? null)),
  ].join('\n');
}

/** `name  value` lines, for one thing shown in full. Values may be long: they are not cut. */
export function renderFields(
  fields: ReadonlyArray<readonly [name: string, value: Cell]>,
  color = wantsColor(),
): string {
  const width = Math.max(0, ...fields.map(([name]) => widthOf(name)));
  return fields
    .map(([name, value]) => {
      const label = name + ' '.repeat(width - widthOf(name));
      return `${styled('faint', label, color)}${GAP}${textOf(value)}`;
    })
    .join('\n');
}

function textOf(value: Cell): string {
  if (value === null || value === undefined) return EMPTY;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return clean(String(value)) || EMPTY;
}

function numeric(values: Cell[]): boolean {
  const present = values.filter((value) => value !== null && value !== undefined);
  return present.length > 0 && present.every((value) => typeof value === 'number');
}

function terminalWidth(): number | null {
  return process.stdout.isTTY ? process.stdout.columns : null;
}

/** Takes from the widest column that may shrink, until the table fits or none has anything to give. */
function shrink(columns: ReadonlyArray<{ title: string; shrink?: boolean }>, widths: number[], limit: number): void {
  const total = () => widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
  const least = columns.map(({ title }) => Math.max(LEAST, widthOf(title)));
  while (total() > limit) {
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      const able = column.shrink === true && widths[at]! > least[at]!;
      if (able && (widest < 0 || widths[at]! > widths[widest]!)) widest = at;
    }
    if (widest < 0) return;
    widths[widest]! -= 1;
  }
}
