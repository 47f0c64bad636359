import { outputReader, type VlanMember, type VlanRow } from '../../contract/rows.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { portList } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

const HEADINGS = ['VLAN', 'Name', 'PvidPorts', 'UntagPorts', 'TagPorts'];

interface Entry {
  vlan: number;
  /** Lines of the table, to be given back when a list in them is none. */
  lines: string[];
  cells: Record<string, string>;
}

/**
 * `show vlan`: lists are broken at the width of their column, even within a name. Access ports are among the PVID
 * ports only. A port that has the VLAN as its PVID and sends it tagged is both; whether it is tagged then depends on
 * the direction.
 */
export const vlan = outputReader({
  kind: 'vlans',
  command: /^show vlan(?: (?:id |name )?[\w.-]+)?$/,
  read(output) {
    let columns: Column[] | null = null;
    const entries: Entry[] = [];
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*VLAN\s+Name\s+PvidPorts\s/i,
        take(_match, line) {
          columns = columnsOf(line, HEADINGS);
          return columns === null ? false : undefined;
        },
      },
      ...NOISE,
      {
        pattern: /^\s*(\d+)(?:\s|$)/,
        take([, id = ''], line) {
          const number = vlanId(id);
          if (number === null || columns === null || (columns[1]?.start ?? 0) <= line.search(/\d/)) return false;
          entries.push({ vlan: number, lines: [line], cells: cellsOf(columns, line) });
        },
      },
      {
        pattern: /^\s+\S/,
        take(_match, line) {
          const entry = entries.at(-1);
          if (!entry || columns === null) return false;
          const more = cellsOf(columns, line);
          if (more.VLAN !== '') return false;
          entry.lines.push(line);
          for (const name of HEADINGS) entry.cells[name] = joined(entry.cells[name] ?? '', more[name] ?? '', name);
        },
      },
    ]);
    const rows: VlanRow[] = [];
    for (const entry of entries) {
      const ports = membersOf(entry.cells);
      if (ports === null) unparsed.push(...entry.lines);
      else rows.push({ vlan: entry.vlan, name: entry.cells.Name || null, active: null, ports });
    }
    return { rows, unparsed };
  },
});

/** A name never has a letter after its number: there a new one begins. */
function joined(left: string, right: string, column: string): string {
  const separate = column.endsWith('Ports') && /\d$/.test(left) && /^[a-z]/i.test(right);
  return `${left}${separate ? ',' : ''}${right}`;
}

function membersOf(cells: Record<string, string>): VlanMember[] | null {
  const [pvid, untagged, tagged] = ['PvidPorts', 'UntagPorts', 'TagPorts'].map((name) =>
    portList((cells[name] ?? '').replace(/\s+/g, ',')),
  );
  if (!pvid || !untagged || !tagged) return null;
  const both = new Set(pvid.filter((port) => tagged.includes(port)));
  const plain = new Set([...pvid, ...untagged].filter((port) => !both.has(port)));
  return [
    ...[...plain].map((portId) => ({ portId, tagged: false })),
    ...tagged.filter((port) => !plain.has(port)).map((portId) => ({ portId, tagged: both.has(portId) ? null : true })),
  ];
}
