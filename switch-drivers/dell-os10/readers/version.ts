import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { noise, withoutPager } from './noise.ts';

/** `show version`. */
export const version = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      // `Dell EMC Networking OS10 Enterprise`, since 10.5.3 `Dell SmartFabric OS10 Enterprise`.
      { pattern: /^Dell .{0,40}OS10\b.{0,40}$/ },
      { pattern: /^(?:Network Operating System|Copyright \(c\) .*)$/ },
      {
        pattern: /^OS Version: *(\S+)$/,
        take: ([, text]) => {
          row.version ??= text ?? null;
        },
      },
      {
        pattern: /^System Type: *(\S.*)$/,
        take: ([, text]) => {
          row.model ??= text ?? null;
        },
      },
      { pattern: /^(?:Build Version|Build Time|Architecture|Up Time):.*$/ },
      ...noise,
    ]);
    return { rows: row.version === null && row.model === null ? [] : [row], unparsed };
  },
});
