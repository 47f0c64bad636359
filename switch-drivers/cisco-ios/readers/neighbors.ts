import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { lldpId } from './lldp-ids.ts';
import { neighborChatter } from './neighbor-chatter.ts';
import { noise, withoutPager } from './noise.ts';

/**
 * `show lldp neighbors detail`. Old releases leave out the line "Local Intf": the row's portId is empty then, and only
 * `show lldp neighbors` tells the port.
 */
export const neighborsDetail = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: \S+){0,2} detail$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let portId = '';
    let row: NeighborRow | null = null;
    /** The list or text whose lines are being read. */
    let within: 'description' | 'addresses' | 'other' = 'other';

    const field = (pattern: RegExp, take: (neighbor: NeighborRow, text: string) => void): LineRule => ({
      pattern,
      take: ([, text = '']) => {
        if (!row) return false;
        within = 'other';
        take(row, text.trim());
      },
    });

    const unparsed = readLines(withoutPager(output), [
      {
        // All lines of a description are the neighbour's words, whatever they look like.
        pattern: /^(?!Time remaining: \d)(.*)$/,
        take: ([, text = '']) => {
          if (within !== 'description' || !row) return false;
          row.systemDescription = row.systemDescription === null ? text : `${row.systemDescription}\n${text}`;
        },
      },
      {
        pattern: /^-{20,}$/,
        take: () => {
          [portId, row, within] = ['', null, 'other'];
        },
      },
      {
        pattern: /^Local Intf: *(\S.*)$/,
        take: ([, text = '']) => {
          row = null;
          portId = canonicalName(text) ?? '';
          if (portId === '') return false;
        },
      },
      { pattern: /^Local Intf service instance: / },
      {
        pattern: /^Chassis id:(.*)$/i,
        take: ([, text = '']) => {
          const { subtype, id } = lldpId(text.trim(), 4);
          row = { ...nothing(portId), chassisIdSubtype: subtype, chassisId: id || null };
          within = 'other';
          rows.push(row);
        },
      },
      field(/^Port id:(.*)$/i, (neighbor, text) => {
        const { subtype, id } = lldpId(text, 3);
        neighbor.portIdSubtype = subtype;
        neighbor.remotePortId = id || null;
      }),
      field(/^Port Description:(.*)$/i, (neighbor, text) => {
        neighbor.portDescription = text || null;
      }),
      field(/^System Name:(.*)$/i, (neighbor, text) => {
        neighbor.systemName = text || null;
      }),
      field(/^System Description:(.*)$/i, (neighbor, text) => {
        neighbor.systemDescription = text || null;
        within = 'description';
      }),
      field(/^Time remaining: \d+(?: seconds)?$/i, () => {}),
      field(/^Management Addresses(?::| - not advertised)$/i, () => {
        within = 'addresses';
      }),
      {
        pattern: /^ +(?:IP|IPV6): *(\S+)$/i,
        take: ([, address = '']) => {
          if (within !== 'addresses' || !row) return false;
          row.managementAddresses.push(address);
        },
      },
      ...neighborChatter,
      ...noise,
    ]);
    return { rows, unparsed };
  },
});

function nothing(portId: string): NeighborRow {
  return {
    portId,
    chassisIdSubtype: null,
    chassisId: null,
    portIdSubtype: null,
    remotePortId: null,
    portDescription: null,
    systemName: null,
    systemDescription: null,
    managementAddresses: [],
  };
}
