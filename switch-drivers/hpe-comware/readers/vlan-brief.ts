import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, vlanId, withoutPager } from './noise.ts';

/** `display vlan brief`: port names go on in further lines, and do not tell with or without a tag. */
export const vlanBrief = outputReader({
  kind: 'vlans',
  command: /^display vlan brief$/,
  read(output) {
    const rows: VlanRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^Brief information about all VLANs:$/i },
      { pattern: /^(?:Supported (?:Minimum|Maximum)|Default) VLAN ID: *\d+$/i },
      {
        pattern: /^VLAN ID +Name +Port/,
        take(_match, line) {
          columns = columnsOf(line, ['VLAN ID', 'Name', 'Port']);
        },
      },
      {
        pattern: /^(\d+)(?:\s|$)/,
        take([, text = ''], line) {
          const vlan = vlanId(text);
          const cells = columns && cellsOf(columns, line);
          const ports = names(cells?.Port ?? '');
          if (vlan === null || !cells || ports === null) return false;
          rows.push({ vlan, name: orNull(cells.Name), active: null, ports });
        },
      },
      {
        pattern: /^\s{8,}(\S.*)$/,
        take([, text = '']) {
          const ports = names(text);
          const row = rows.at(-1);
          if (!row || ports === null) return false;
          row.ports?.push(...ports);
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

function names(text: string): Array<{ portId: string; tagged: null }> | null {
  const ports = text.split(/\s+/).filter(Boolean).map(canonicalName);
  if (ports.some((name) => name === null)) return null;
  return ports.flatMap((portId) => (portId === null ? [] : [{ portId, tagged: null }]));
}
