import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, orNull, withoutPager } from './noise.ts';

const UNMODELLED = new RegExp(
  `^(?:${[
    'Hardware version',
    'Hardware MAC address',
    'System MAC address',
    'Architecture',
    'Internal build version',
    'Internal build ID',
    'Image format version',
    'Image optimization',
    'cEOS tools version',
    'Kernel version',
    'Deviations',
    'Uptime',
    'Total memory',
    'Free memory',
  ].join('|')})\\s*:`,
);

/** EOS User Manual, "show version". Virtual switches have no serial number and leave it empty. */
export const versionText = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Arista (\S.*)$/,
        take: ([, model]) => {
          row.model = orNull(model);
        },
      },
      {
        pattern: /^Serial number:\s*(\S*)$/,
        take: ([, serial]) => {
          row.serial = orNull(serial);
        },
      },
      {
        pattern: /^Software image version:\s*(\S+)(?: \([^()]*\))?$/,
        take: ([, version]) => {
          row.version = orNull(version);
        },
      },
      { pattern: UNMODELLED },
      ...NOISE,
    ]);
    return { rows: row.model === null && row.version === null ? [] : [row], unparsed };
  },
});

/** The name of the switch is no part of `show version`. */
export const hostnameText = outputReader({
  kind: 'version',
  command: /^show hostname$/,
  read(output) {
    const rows: VersionRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Hostname\s*:\s*(\S+)$/,
        take: ([, hostname]) =>
          void rows.push({ model: null, version: null, hostname: orNull(hostname), serial: null }),
      },
      { pattern: /^FQDN\s*:/ },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
