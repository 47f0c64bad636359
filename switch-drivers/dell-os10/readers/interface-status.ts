import { outputReader, type PortRow } from '../../contract/rows.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

const HEADINGS = ['Port', 'Description', 'Status', 'Speed', 'Duplex', 'Mode', 'Vlan', 'Tagged-Vlans'];

/** `show interface status`. It tells nothing of the administrative state: a port that is shut down is as `down` as others. */
export const interfaceStatus = outputReader({
  kind: 'ports',
  command: /^show interface status$/,
  read(output) {
    const rows: PortRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      ...noise,
      {
        pattern: /^Port +Description +Status +Speed +Duplex +Mode +Vlan +Tagged-Vlans$/,
        take: (_, line) => {
          columns = columnsOf(line, HEADINGS);
        },
      },
      {
        pattern: /^\S+ .*$/,
        take: (_, line) => {
          const row = columns && portRow(cellsOf(columns, line));
          if (!row) return false;
          rows.push(row);
        },
      },
      // A list of tagged VLANs that goes on.
      { pattern: /^ {20,}[\d,-]+$/, take: () => (rows.length > 0 ? undefined : false) },
    ]);
    return { rows, unparsed };
  },
});

const MODES: Record<string, PortRow['mode']> = { A: 'access', T: 'trunk', '': 'routed', '-': 'routed' };

function portRow(cells: Record<string, string>): PortRow | null {
  // A description that is wider than its column leaves its last words in the next.
  const words = (cells.Status ?? '').split(' ');
  const state = words.at(-1);
  const portId = canonicalName(cells.Port ?? '');
  if (portId === null || (state !== 'up' && state !== 'down')) return null;
  const mode = MODES[cells.Mode ?? ''] ?? 'other';
  const [untagged = null] = parseVlanList(cells.Vlan ?? '') ?? [];
  const tagged = parseVlanList(cells['Tagged-Vlans'] ?? '');
  return {
    portId,
    adminUp: null,
    operUp: state === 'up',
    mode,
    untagged: mode === 'access' || mode === 'trunk' ? untagged : null,
    tagged: mode === 'access' ? [] : mode === 'trunk' ? (tagged ?? []) : null,
    lag: null,
    description: [cells.Description, ...words.slice(0, -1)].join(' ').trim() || null,
    mtu: null,
  };
}
