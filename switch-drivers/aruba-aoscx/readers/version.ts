import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

/** ArubaOS-CX Command-Line Interface Guide, "show version": the software alone, not the switch. */
export const version = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    const rows: VersionRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*(?:ArubaOS-CX|AOS-CX|HPE (?:ANW|Aruba Networking) (?:ArubaOS|AOS)-CX)$/ },
      { pattern: /^\s*\(c\) Copyright /i },
      {
        pattern: /^\s*Version\s*: (\S+)$/,
        take: ([, text]) => void rows.push({ model: null, version: orNull(text), hostname: null, serial: null }),
      },
      {
        pattern:
          /^\s*(?:Build Date|Build ID|Build SHA|Build Type|Hot Patches|Active Image|Service OS Version|BIOS Version)\s*:/,
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

const SYSTEM: ReadonlyArray<readonly [key: string, field: keyof VersionRow | null]> = [
  ['Hostname', 'hostname'],
  ['Product Name', 'model'],
  ['Chassis Serial Nbr', 'serial'],
  ['ArubaOS-CX Version', 'version'],
  ['AOS-CX Version', 'version'],
  ['System Description', null],
  ['System Contact', null],
  ['System Location', null],
  ['Vendor', null],
  ['Base MAC Address', null],
  ['Time Zone', null],
  ['Up Time', null],
  ['CPU Util (%)', null],
  ['CPU Util (% avg 1 min)', null],
  ['CPU Util (% avg 5 min)', null],
  ['Memory Usage (%)', null],
];

/** ArubaOS-CX Command-Line Interface Guide, "show system". */
export const system = outputReader({
  kind: 'version',
  command: /^show system$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^ ?([A-Z][^:]{1,40}?) *:(?: +(\S.*))?$/,
        take([, key, value]) {
          const known = SYSTEM.find(([name]) => name === key);
          if (!known) return false;
          if (known[1] !== null) row[known[1]] = orNull(value);
        },
      },
      ...NOISE,
    ]);
    return { rows: Object.values(row).every((value) => value === null) ? [] : [row], unparsed };
  },
});
