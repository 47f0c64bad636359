import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { chassisSubtype, plainAddress, portSubtype, withPlainIds } from '../../vrp-family/neighbor-ids.ts';
import { canonicalName } from '../port-names.ts';
import { isUnmodelledKey, KEY_LINE } from './neighbor-lines.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

type Wrapping = 'portDescription' | 'systemName' | 'systemDescription' | 'chassisId' | 'remotePortId';

/** Values are cut at this column and go on below their first character, whatever they hold. */
const LINE_WIDTH = 80;

/** `display lldp neighbor-information`, with or without `verbose`, of all ports or one. CDP neighbours are left out. */
export const neighbors = outputReader({
  kind: 'neighbors',
  command:
    /^display lldp neighbor-information(?: interface [A-Za-z][\w-]*(?: ?\d[\d/:.]*)?)?(?: agent [a-z-]+)?(?: verbose)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let port: string | null = null;
    let cdp = false;
    let current: NeighborRow | null = null;
    /** The value that lines with a deeper indent go on with, and the column it begins in. */
    let open: { field: Wrapping; column: number; full: boolean } | null = null;
    const rule = (pattern: RegExp, take: (row: NeighborRow, value: string, line: string) => void): LineRule => ({
      pattern,
      take([, value = ''], line) {
        if (cdp) return;
        if (current === null) return false;
        open = null;
        take(current, value.trim(), line);
      },
    });
    const text = (pattern: RegExp, field: Wrapping) =>
      rule(pattern, (row, value, line) => {
        row[field] = orNull(value);
        open = { field, column: line.length - value.length, full: line.length >= LINE_WIDTH };
      });
    const pair = (pattern: RegExp, take: (row: NeighborRow, id: string, words: string) => void) =>
      rule(pattern, (row, value) => {
        const slash = value.lastIndexOf('/');
        take(row, value.slice(0, slash < 0 ? undefined : slash), slash < 0 ? '' : value.slice(slash + 1));
      });
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*(LLDP|CDP) neighbor-information of port \d+ ?\[([^\]]+)\]:?$/i,
        take([, protocol = '', name = '']) {
          port = canonicalName(name);
          cdp = protocol.toUpperCase() === 'CDP';
          current = null;
          open = null;
          if (port === null) return false;
        },
      },
      { pattern: /^\s*LLDP agent (?:nearest-(?:bridge|nontpmr|customer)|[a-z-]+):$/i },
      {
        pattern: /^\s*(?:LLDP )?neighbor index *: *\d+$/i,
        take() {
          open = null;
          if (cdp) return;
          if (port === null) return false;
          current = emptyRow(port);
          rows.push(current);
        },
      },
      rule(/^\s*Chassis type *:(.*)$/i, (row, value) => {
        row.chassisIdSubtype = chassisSubtype(value);
      }),
      text(/^\s*Chassis ID *:(.*)$/i, 'chassisId'),
      rule(/^\s*Port ID type *:(.*)$/i, (row, value) => {
        row.portIdSubtype = portSubtype(value);
      }),
      text(/^\s*Port ID *:(.*)$/i, 'remotePortId'),
      pair(/^\s*Chassis ?ID\/subtype *:(.*)$/i, (row, id, words) => {
        row.chassisId = orNull(id);
        row.chassisIdSubtype = chassisSubtype(words);
      }),
      pair(/^\s*Port ?ID\/subtype *:(.*)$/i, (row, id, words) => {
        row.remotePortId = orNull(id);
        row.portIdSubtype = portSubtype(words);
      }),
      text(/^\s*Port description *:(.*)$/i, 'portDescription'),
      text(/^\s*System name *:(.*)$/i, 'systemName'),
      text(/^\s*System description *:(.*)$/i, 'systemDescription'),
      rule(/^\s*Management address *:(.*)$/i, (row, value) => {
        const address = orNull(value);
        if (address !== null) row.managementAddresses.push(plainAddress(address));
      }),
      {
        pattern: KEY_LINE,
        take([, key = '']) {
          if (!isUnmodelledKey(key)) return false;
          open = null;
        },
      },
      {
        pattern: /^( {2,})(\S.*)$/,
        take([, indent = '', more = ''], line) {
          if (current === null || open === null) return false;
          const { field, column, full } = open;
          // Newer releases leave the key's own line empty and indent by three.
          if (current[field] !== null && indent.length < column - 1 && field !== 'systemDescription') return false;
          const before = current[field];
          current[field] = before === null ? more : before + (full ? '' : separator(before, column)) + more;
          open = { field, column: indent.length, full: line.length >= LINE_WIDTH };
        },
      },
      ...NOISE,
    ]);
    return { rows: rows.map(withPlainIds), unparsed };
  },
});

/** A line that is one short of full ended in a blank; a shorter one, in a line end of the text itself. */
function separator(before: string, column: number): string {
  const lastLine = before.length - (before.lastIndexOf('\n') + 1);
  return (lastLine + 1) % Math.max(1, LINE_WIDTH - column) === 0 ? ' ' : '\n';
}

function emptyRow(portId: string): NeighborRow {
  return {
    ...{ portId, chassisIdSubtype: null, chassisId: null, portIdSubtype: null, remotePortId: null },
    ...{ portDescription: null, systemName: null, systemDescription: null, managementAddresses: [] },
  };
}
