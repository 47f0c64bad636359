import { describe, expect, it } from 'vitest';
import { vlans } from '../../../src/cli/output/describe.ts';
import { type Column, renderTable } from '../../../src/cli/output/table.ts';
import { clean, widthOf } from '../../../src/cli/output/text.ts';

interface Row {
  name: string | null;
  size: number;
}
const columns: Column<Row>[] = [
  { title: 'Name', value: ({ name }) => name, shrink: true },
  { title: 'Size', value: ({ size }) => size },
  { title: 'Ok', value: () => true, style: () => 'good' },
];
const plain = { color: false, width: null };

describe('a table', () => {
  it('begins each column in the same terminal column, and aligns numbers right', () => {
    const lines = renderTable(
      columns,
      [
        { name: 'a', size: 5 },
        { name: '交換機', size: 12345 },
        { name: null, size: 70 },
      ],
      plain,
    ).split('\n');
    const ends = lines.map((line) => widthOf(line.slice(0, line.search(/\s+(yes|Ok)$/))));
    expect(new Set(ends).size).toBe(1);
    expect(new Set(lines.map((line) => widthOf(line.replace(/(yes|Ok)$/, '')))).size).toBe(1);
    expect(lines[3]).toMatch(/^- .* 70 {2}yes$/);
  });

  it('cuts what may shrink, and only that, to fit a terminal', () => {
    const rows = [{ name: 'n'.repeat(100), size: 123456789 }];
    const lines = renderTable(columns, rows, { color: false, width: 40 }).split('\n');
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(40);
    expect(lines[1]).toMatch(/^n+… {2}123456789 {2}yes$/);
    expect(renderTable(columns, rows, plain)).toContain('n'.repeat(100));
  });

  it('lets no control character of a name reach the terminal, and has one line a row', () => {
    const name = 'x\u001b[2J\u001b]0;title\u0007\nevil\u202e\r\u0008y';
    const text = renderTable(columns, [{ name, size: 1 }], plain);
    expect(text.split('\n')).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(clean('a\tb')).toBe('a b');
  });

  it('colours without moving columns', () => {
    const rows = [{ name: 'a', size: 5 }];
    const colored = renderTable(columns, rows, { color: true, width: null });
    expect(colored).toContain('\u001b[');
    expect(colored.split('\n').map(widthOf)).toEqual(renderTable(columns, rows, plain).split('\n').map(widthOf));
  });
});

it('writes VLANs as untagged+tagged', () => {
  expect(vlans({ untagged: 100, tagged: [] })).toBe('100');
  expect(vlans({ untagged: null, tagged: [7, 1, 2, 3] })).toBe('+1-3,7');
  expect(vlans({ untagged: null, tagged: [] })).toBe('none');
});
