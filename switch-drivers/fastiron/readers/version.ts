import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, withoutPager } from './noise.ts';

/** What the command says of images, modules, licences and time; nothing of it is modelled. */
const KNOWN: readonly LineRule[] = [
  /^\s*Copyright \(c\)/,
  /^\s*(?:UNIT \d+: )?[Cc]ompiled on /,
  /^\s*\(?\d+ bytes\) from (?:Primary|Secondary) /,
  /^\s*(?:Compressed )?(?:Primary |Secondary )?Boot(?:-Monitor Image| Code) size = \d+/,
  /^\s*(?:UNIT \d+: )?SL \d+: /,
  /^\s*(?:License|Software Package|Current License):/,
  /^\s*P-(?:ENGINE|ASIC)\s+\d+: /,
  /^\s*\d+ MHz /,
  /^\s*\d+ [KMG]B (?:(?:boot |code |compact )?flash memory|DRAM|SRAM)/,
  /^\s*(?:STACKID \d+\s+|The )?system uptime is /i,
  /^\s*The system started at /,
  /^\s*The system : started=/,
  /^\s*My stack unit ID = \d+/,
  /^\s*\*+ NOT FOR PRODUCTION \*+$/,
].map((pattern) => ({ pattern }));

/** One row for the whole stack, with the serial number of the first unit that prints one. */
export const version = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*SW: Version (\S+)/,
        take([, text]) {
          row.version ??= text ?? null;
        },
      },
      {
        // `HW: Stackable ICX7150-48-POEF`, `HW: Chassis FastIron SX 800-PREM (PROM-TYPE SX-FIL3U)`
        pattern: /^\s*HW: (?:Stackable |Chassis )?(\S[^(]*)/,
        take([, text]) {
          row.model ??= text?.trim() ?? null;
        },
      },
      {
        pattern: /^\s*Serial\s*#:\s*(\S+)/,
        take([, text]) {
          row.serial ??= text ?? null;
        },
      },
      ...KNOWN,
      ...NOISE,
    ]);
    const said = Object.values(row).some((value) => value !== null);
    return { rows: said ? [row] : [], unparsed };
  },
});
