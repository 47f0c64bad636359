import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, withoutPager } from './noise.ts';

const VENDOR = /^(?:Hewlett[ -]Packard Enterprise|Hewlett-Packard|HPE|HP|New H3C|H3C|3Com) /i;

/** Fundamentals Command Reference, "display version": lines about images, boards and reboots. */
const UNMODELLED: readonly RegExp[] = [
  /^(?:HPE?|H3C|3Com) Comware (?:Platform )?Software$/i,
  /^Copyright \(c\) /i,
  /^(?:All rights reserved|3Com Corporation|Without the owner)/i,
  /^Last reboot reason ?:/i,
  /^(?:Boot|System|Feature|Patch) image(?:\(s\))?(?: list| version)? ?:/i,
  /^\s+(?:flash|cfa0|cfb0|sda0|slot\d+#\w+|\w+#flash):\S+/i,
  /^\s+(?:\S+, )?version:? /i,
  /^\s*Compiled [A-Z][a-z]{2} /i,
  /^(?:Chassis \d+ )?(?:Slot|MPU|LPU|Board|Chassis)(?:\(\w+\))? ?\d*(?: CPU \d+)? ?:?$/i,
  /^\s*Uptime is \d/i,
  /^\S.{0,60} with \d+ Processors?$/i,
  /^(?:BOARD TYPE|DRAM|SDRAM|FLASH|NVRAM|CF\d?|USB|SD|eMMC|SSD|Nand ?Flash|Nor ?Flash)(?: TYPE)? ?:/i,
  /^(?:[\w ]{1,30} )?(?:Version|Cause|reason|Type) *: /i,
  /^\d+[KMG]? +bytes /i,
  /^\s*Config Register points to /i,
  /^(?:Hardware|CPLD|FPGA|Boot ?rom|PCB|Basic Bootrom|Extended Bootrom)(?: \d+)? Version is /i,
  /^\[Sub ?(?:Slot|Card) ?\d+\]/i,
  /^(?:Memory|CPU ID|Backplane|Power|Fan)\b[^:]{0,30}:/i,
];

/** `display version` of Comware 5 and 7. Neither host name nor serial number is in it. */
export const version = outputReader({
  kind: 'version',
  command: /^display version$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^(?:\S+ ){0,3}Comware (?:Platform )?Software, Version (\S.*)$/i,
        take([, text = '']) {
          row.version ??= text;
        },
      },
      {
        pattern: /^(\S.{0,120}?) uptime is \d/i,
        take([, device = '']) {
          if (/^(?:slot|mpu|lpu|chassis|board)\b/i.test(device)) return false;
          row.model ??= device.replace(VENDOR, '').replace(/ (?:Switch|Router)$/i, '');
        },
      },
      ...UNMODELLED.map((pattern) => ({ pattern })),
      ...NOISE,
    ]);
    return { rows: row.model === null && row.version === null ? [] : [row], unparsed };
  },
});
