import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

const HEADINGS = ['Local-Port', 'Chassis-ID', 'Holdtime', 'Capability', 'Platform', 'Peer-Port'];

/** `show lldp neighbor`: what is too long goes on below, in its column. The platform is cut, so it is not taken. */
export const lldp = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbor(?: interface \S+)?(?: nearest-[\w-]+)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let columns: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*(?:The )?total neighbors?(?: number)?\s*:\s*\d+$/i },
      { pattern: /^\s*Capability Codes:/i },
      { pattern: /^\s+[A-Za-z] - \w/ },
      {
        pattern: /^\s*Local-Port\s/i,
        take(_match, line) {
          columns = columnsOf(line, HEADINGS);
          return columns === null ? false : undefined;
        },
      },
      ...NOISE,
      {
        pattern: /^\s*\S/,
        take(_match, line) {
          if (columns === null) return false;
          const cells = cellsOf(columns, line);
          const last = rows.at(-1);
          if (cells['Local-Port'] === '') {
            if (!last || cells['Chassis-ID'] !== '') return false;
            last.remotePortId = `${last.remotePortId ?? ''}${cells['Peer-Port'] ?? ''}` || null;
            return;
          }
          const portId = canonicalName(cells['Local-Port'] ?? '');
          if (portId === null || !cells['Chassis-ID'] || !/^\d+$/.test(cells.Holdtime ?? '')) return false;
          rows.push(rowOf(portId, cells['Chassis-ID'], cells['Peer-Port'] ?? '', null));
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** `show lldp neighbor brief`: only the system name may have blanks or go on below. */
export const lldpBrief = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbor brief(?: interface \S+)?(?: nearest-[\w-]+)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    /** What the heading has, null before it. */
    let heading: { holdTime: boolean } | null = null;
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*(?:The )?total neighbors?(?: number)?\s*:\s*\d+$/i },
      { pattern: /^\s*Scope codes:$/i },
      { pattern: /^\s+(?:NB|NC|NTPMR)\s+= / },
      {
        pattern: /^\s*Local (?:Interface|Intf)\s+(?:Scope\s+)?Chassis ID\s+Port ID\s+(Hold-?time\s+)?System Name$/i,
        take: ([, holdTime]) => {
          heading = { holdTime: holdTime !== undefined };
        },
      },
      {
        pattern: /^\s*([a-z]\S*\d)\s+(\S.*)$/i,
        take([, name = '', text = '']) {
          const portId = canonicalName(name);
          const words = text.split(/\s+/);
          if (/^(?:NB|NC|NTPMR)$/.test(words[0] ?? '')) words.shift();
          const [chassis = '', ...rest] = words;
          if (portId === null || rest.length === 0 || heading === null) return false;
          // The hold time is the first number after the port id, which may have blanks and numbers of its own.
          const hold = rest.findIndex((word, at) => at > 0 && /^\d{1,5}$/.test(word));
          if (heading.holdTime && hold < 0) return false;
          const [until, from] = heading.holdTime ? [hold, hold + 1] : [1, 1];
          rows.push(rowOf(portId, chassis, rest.slice(0, until).join(' '), rest.slice(from).join(' ') || null));
        },
      },
      {
        // More than one column's width of blanks: the rest of a system name.
        pattern: /^\s{40,}(\S.*)$/,
        take([, text = '']) {
          const last = rows.at(-1);
          if (!last || last.systemName === null) return false;
          last.systemName += text;
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

function rowOf(portId: string, chassis: string, remote: string, systemName: string | null): NeighborRow {
  const mac = normalizeMac(chassis);
  return {
    portId,
    chassisIdSubtype: mac === null ? null : 4,
    chassisId: mac ?? chassis,
    portIdSubtype: null,
    remotePortId: (/[.:-]/.test(remote) ? normalizeMac(remote) : null) ?? (remote || null),
    portDescription: null,
    systemName,
    systemDescription: null,
    managementAddresses: [],
  };
}
