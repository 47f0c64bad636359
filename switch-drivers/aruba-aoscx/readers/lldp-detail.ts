import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

export const TOTALS: LineRule = {
  pattern: /^(?:LLDP Neighbor Information|(?:Total )?Neighbor Entries(?: Deleted| Dropped| Aged-Out)?\s*: \d+)$/,
};

/** What the neighbour says of power over Ethernet, of the physical layer and of LLDP-MED. */
const UNMODELLED = new RegExp(
  `^(?:${[
    ...['Chassis Capabilities Available', 'Chassis Capabilities Enabled', 'Neighbor Port VLAN ID', 'TTL'],
    ...['(?:Neighbor|PD|PSE) (?:Requested |Allocated )?Power(?:ed)? [\\w -]{1,40}', 'Neighbor PoE information'],
    ...['Power At PD Powered Interface', 'Powering on both PD modes', 'PD load electrically isolated'],
    ...['Neighbor PD Autoclass Request', 'PSE Power Pairs', 'PSE Maximum Available Power', 'Neighbor EEE information'],
    ...['Neighbor (?:TX|RX) Wake time', 'Neighbor Fallback time', 'Neighbor (?:TX|RX) Echo time'],
    ...['Neighbor Auto-neg (?:Supported|Enabled|Advertised)', 'Neighbor MAU type', 'Neighbor MED [\\w -]{1,40}'],
  ].join('|')})\\s*:`,
  'i',
);

/** System descriptions have at most 255 octets (IEEE 802.1AB 8.5.7); a line end may be one of them. */
const LONGEST = 255;

/**
 * ArubaOS-CX Command-Line Interface Guide, "show lldp neighbor-info ... detail": a block per port; a port with several
 * neighbours lists one after the other. Subtypes of ids are not printed.
 */
export const lldpDetail = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors?-info(?:(?: (?:\d\S*|mgmt))? detail| (?:\d\S*|mgmt))$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let portId: string | null = null;
    /** The neighbour that the lines are about. */
    let current: NeighborRow | null = null;
    /** Fields that its lines have told; one that comes twice was not sent by the switch. */
    let told = new Set<string>();
    let inDescription = false;

    const of = (pattern: RegExp, take: (row: NeighborRow, value: string) => void): LineRule => ({
      pattern,
      take([, key = '', value = '']) {
        if (portId === null) return false;
        if (current === null || (key === 'Neighbor Chassis-Name' && told.has(key))) {
          current = emptyRow(portId);
          rows.push(current);
          told = new Set();
        }
        if (told.has(key)) return false;
        told.add(key);
        inDescription = key === 'Neighbor Chassis-Description';
        take(current, value);
      },
    });

    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Port\s*: (\S+)$/,
        take([, name = '']) {
          portId = canonicalName(name);
          current = null;
          return portId === null ? false : undefined;
        },
      },
      TOTALS,
      of(/^(Neighbor Chassis-Name)\s*:(?: (.*))?$/, (row, name) => {
        row.systemName = textOf(name);
      }),
      of(/^(Neighbor Chassis-Description)\s*:(?: (.*))?$/, (row, text) => {
        row.systemDescription = textOf(text);
      }),
      of(/^(Neighbor Chassis-ID)\s*:(?: (.*))?$/, (row, id) => Object.assign(row, idsOf(id.trim(), row.remotePortId))),
      of(/^(Neighbor Management-Address)\s*:(?: (.*))?$/, (row, list) => {
        row.managementAddresses = list
          .split(/[\s,]+/)
          .filter((address) => address !== '')
          .map((address) => normalizeMac(address) ?? address);
      }),
      of(/^(Neighbor Port-ID)\s*:(?: (.*))?$/, (row, id) => {
        row.remotePortId = normalizeMac(id.trim()) ?? textOf(id);
      }),
      of(/^(Neighbor Port-Desc)\s*:(?: (.*))?$/, (row, text) => {
        row.portDescription = textOf(text);
      }),
      { pattern: UNMODELLED },
      { pattern: /^Neighbor Mac-Phy details$/ },
      ...NOISE,
      {
        // The rest of a description that holds line ends: nothing else stands before the chassis id.
        pattern: /^/,
        take(_match, line) {
          const text = `${current?.systemDescription ?? ''}\n${line.trim()}`;
          if (!inDescription || current === null || Buffer.byteLength(text) > LONGEST) return false;
          current.systemDescription = text;
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** A chassis id in the switch's form of a MAC address is taken for one (subtype 4): the subtype itself is not printed. */
export function idsOf(
  chassis: string,
  remotePortId: string | null,
): Pick<NeighborRow, 'chassisIdSubtype' | 'chassisId' | 'portIdSubtype' | 'remotePortId'> {
  const mac = /^[\da-f]{2}(?::[\da-f]{2}){5}$/i.test(chassis) ? normalizeMac(chassis) : null;
  return {
    chassisIdSubtype: mac === null ? null : 4,
    chassisId: mac ?? textOf(chassis),
    portIdSubtype: null,
    remotePortId,
  };
}

function textOf(value: string): string | null {
  return value.trim() === '' ? null : value.trim();
}

function emptyRow(portId: string): NeighborRow {
  return {
    portId,
    ...{ chassisIdSubtype: null, chassisId: null, portIdSubtype: null, remotePortId: null },
    ...{ portDescription: null, systemName: null, systemDescription: null, managementAddresses: [] },
  };
}
