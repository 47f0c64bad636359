import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { chassisSubtype, plainAddress, portSubtype, withPlainIds } from '../../vrp-family/neighbor-ids.ts';
import { canonicalName } from '../port-names.ts';
import { isUnmodelledKey, KEY_LINE } from './neighbor-lines.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

/** `display lldp neighbor`: per port a heading, per neighbour a block that begins with its index. */
export const neighbors = outputReader({
  kind: 'neighbors',
  command: /^display lldp neighbor(?: interface [A-Za-z\d][\w-]*(?: ?\d[\d/:.]*)?)?$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let port: string | null = null;
    let current: NeighborRow | null = null;
    /** The system description goes on, without an indent, up to the next key. */
    let describing = false;
    const rule = (pattern: RegExp, take: (row: NeighborRow, value: string) => void): LineRule => ({
      pattern,
      take([, value = '']) {
        if (current === null) return false;
        describing = false;
        take(current, value);
      },
    });
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*(\S+) has (\d+) neighbors?(?:\(s\))? ?:?$/i,
        take([, name = '', count]) {
          port = canonicalName(name);
          current = null;
          describing = false;
          return port === null && count !== '0' ? false : undefined;
        },
      },
      {
        pattern: /^\s*Neighbor index *: *\d+$/i,
        take() {
          describing = false;
          current = port === null ? null : emptyRow(port);
          if (current === null) return false;
          rows.push(current);
        },
      },
      rule(/^\s*Chassis (?:ID )?(?:sub)?type *:(.*)$/i, (row, value) => {
        row.chassisIdSubtype = chassisSubtype(value);
      }),
      rule(/^\s*Chassis ID *:(.*)$/i, (row, value) => {
        row.chassisId = orNull(value);
      }),
      rule(/^\s*Port ID (?:sub)?type *:(.*)$/i, (row, value) => {
        row.portIdSubtype = portSubtype(value);
      }),
      rule(/^\s*Port ID *:(.*)$/i, (row, value) => {
        row.remotePortId = orNull(value);
      }),
      rule(/^\s*Port description *:(.*)$/i, (row, value) => {
        row.portDescription = orNull(value);
      }),
      rule(/^\s*System name *:(.*)$/i, (row, value) => {
        row.systemName = orNull(value);
      }),
      rule(/^\s*System description *:(.*)$/i, (row, value) => {
        row.systemDescription = orNull(value);
        describing = true;
      }),
      rule(/^\s*Management address(?: value)? *:(.*)$/i, (row, value) => {
        const address = orNull(value);
        if (address !== null) row.managementAddresses.push(plainAddress(address));
      }),
      {
        pattern: KEY_LINE,
        take([, key = '']) {
          if (!isUnmodelledKey(key)) return false;
          describing = false;
        },
      },
      { pattern: /^\s*Port and Protocol VLAN ID\(PPVID\) +don't supported$/i },
      // The heading over the parts of a civic address.
      { pattern: /^\s*Ca type +Ca value$/i },
      ...NOISE,
      {
        pattern: /^.*$/,
        take(_match, line) {
          if (!describing || current === null) return false;
          current.systemDescription = [current.systemDescription ?? [], line].flat().join('\n');
        },
      },
    ]);
    return { rows: rows.map(withPlainIds), unparsed };
  },
});

function emptyRow(portId: string): NeighborRow {
  return {
    ...{ portId, chassisIdSubtype: null, chassisId: null, portIdSubtype: null, remotePortId: null },
    ...{ portDescription: null, systemName: null, systemDescription: null, managementAddresses: [] },
  };
}
