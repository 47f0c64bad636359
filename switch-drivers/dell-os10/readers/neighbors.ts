import { type NeighborRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Lines about what we do not model. */
const CHATTER: readonly LineRule[] = [
  /^ *Remote (?:TTL|Port Vlan ID|Max Frame Size|Aggregation Status|Vlan \w+|Port and Protocol \w+|System Capabilities):.*$/i,
  /^ *(?:Locally assigned remote Neighbor Index|Information valid for next|Time since last information change)\b.*$/i,
  /^ *(?:Existing|Enabled) System Capabilities:.*$/i,
  /^ *MAC PHY Configuration:$/i,
  /^ +(?:Auto-neg (?:supported|enabled|advertised capabilities)|Operational MAU type)\b.*$/i,
].map((pattern) => ({ pattern }));

/**
 * `show lldp neighbors detail`; subtypes as OS10 prints them, with their number (IEEE 802.1AB tables 8-2 and 8-3). Of a
 * field that is printed twice the first counts: a neighbour's description, which comes last, may look like fields.
 */
export const neighborsDetail = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors(?: interface \S+(?: \S+)?)? detail$/,
  read(output) {
    const rows: NeighborRow[] = [];
    let row: NeighborRow | null = null;
    let describing = false;

    const field = (pattern: RegExp, take: (neighbor: NeighborRow, text: string) => false | undefined): LineRule => ({
      pattern,
      take: ([, text = '']) => {
        describing = false;
        return row ? take(row, text.trim()) : false;
      },
    });

    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^ *Remote Chassis ID Subtype:(.*)$/i,
        take: ([, text = '']) => {
          describing = false;
          row = { ...NOTHING, managementAddresses: [], chassisIdSubtype: subtype(text) };
          rows.push(row);
        },
      },
      field(/^ *Remote Chassis ID:(.*)$/i, (neighbor, text) => {
        neighbor.chassisId ??= id(text);
      }),
      field(/^ *Remote Port Subtype:(.*)$/i, (neighbor, text) => {
        neighbor.portIdSubtype = subtype(text);
      }),
      field(/^ *Remote Port ID:(.*)$/i, (neighbor, text) => {
        neighbor.remotePortId ??= id(text);
      }),
      field(/^ *Remote Port Description:(.*)$/i, (neighbor, text) => {
        neighbor.portDescription = value(text);
      }),
      field(/^ *Local Port ID:(.*)$/i, (neighbor, text) => {
        neighbor.portId ||= canonicalName(text) ?? '';
        if (neighbor.portId === '') return false;
      }),
      field(/^ *Remote System Name:(.*)$/i, (neighbor, text) => {
        neighbor.systemName = value(text);
      }),
      field(/^ *Remote Management Address(?: ?\(IPv[46]\))?:(.*)$/i, (neighbor, text) => {
        const address = value(text);
        if (address !== null) neighbor.managementAddresses.push(address);
      }),
      {
        pattern: /^ *Remote System Desc:(.*)$/i,
        take: ([, text = '']) => {
          if (!row) return false;
          row.systemDescription = value(text.trim());
          describing = row.systemDescription !== null;
        },
      },
      ...CHATTER,
      ...noise,
      {
        // A description goes on with lines in the neighbour's words.
        pattern: /^(.*)$/,
        take: ([, text = '']) => {
          if (!describing || !row) return false;
          row.systemDescription += `\n${text}`;
        },
      },
    ]);
    return { rows, unparsed };
  },
});

const NOTHING: NeighborRow = {
  portId: '',
  chassisIdSubtype: null,
  chassisId: null,
  portIdSubtype: null,
  remotePortId: null,
  portDescription: null,
  systemName: null,
  systemDescription: null,
  managementAddresses: [],
};

/** `Mac address (4)`, `Interface name (5)`. */
function subtype(text: string): number | null {
  const number = /\((\d)\)\s*$/.exec(text)?.[1];
  return number === undefined ? null : Number(number);
}

function id(text: string): string | null {
  const found = value(text);
  return found !== null && /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(found) ? normalizeMac(found) : found;
}

function value(text: string): string | null {
  return text === '' || text === 'Not Advertised' ? null : text;
}
