import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, withoutPager } from './noise.ts';

/** What follows a model's name. */
const KIND =
  /(?: (?:Terabit|Routing|Core|Ethernet|Access|Service|Universal|Enterprise|Data Center))* (?:Switch|Router)$/i;

/** Command Reference, "display version": lines about boards. Kinds of board and of memory differ from series to series. */
const UNMODELLED: readonly RegExp[] = [
  /^(?:Huawei|FutureMatrix|Quidway)?.{0,20}Versatile Routing Platform(?: Software)?$/i,
  /^Copyright \(C\) /i,
  /^Patch version *:/i,
  /^\s*[A-Z][\w /()-]{0,60}: ?uptime is +\d/i,
  /^\s*(?:Last )?(?:StartupTime|Startup time|Start time|Reset time)\s*:? *\d/i,
  /^\s*(?:[A-Z][\w' ./:-]{0,50} )?version information *:?$/i,
  /^\s*(?:\d{1,2}\. ?)?[A-Z][\w' ()/-]{0,40} Version *: */i,
  /^\s*(?:\d{1,2}\. ?)?Board +Type *: */i,
  /^\s*[A-Z][\w -]{0,40} Size *: *\d/i,
  /^\s*[A-Z][\w -]{0,20} Slot +Quantity *: */i,
  /^\s*Host processor *:?$/i,
];

/** `display version`. Neither host name nor serial number is in it. */
export const version = outputReader({
  kind: 'version',
  command: /^display version$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^VRP \(R\) software, Version (\S.*)$/i,
        take([, text = '']) {
          row.version ??= text;
        },
      },
      {
        pattern: /^(?:HUAWEI|Quidway|FutureMatrix) (\S.{0,100}?) uptime is +\d/i,
        take([, device = '']) {
          row.model ??= device.replace(KIND, '');
        },
      },
      ...UNMODELLED.map((pattern) => ({ pattern })),
      ...NOISE,
    ]);
    return { rows: row.model === null && row.version === null ? [] : [row], unparsed };
  },
});
