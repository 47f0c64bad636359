import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, withoutPager } from './noise.ts';
import { keys } from './words.ts';

/** Boards with their memory and age; nothing of it is modelled. */
const KNOWN: readonly LineRule[] = [
  /^\s*Copyright \(c\)/i,
  /^\s*(?:ZXR10|ZTE) .*(?:Operating System|ROS Version)/i,
  /^\s*Compiled: /i,
  /^\s*Build on /i,
  /^\s*System image (?:file is|files? (?:are|from)|is loaded)/i,
  /^\s*System uptime is /i,
  /^\s*Uptime is /i,
  /^\s*\[[^\]]*\](?:,.*|:)?$/,
  keys([
    'Board Name',
    'Description',
    'Board License',
    'System BaudRate',
    'Bootrom Version',
    'Soft Version',
    'Creation Date',
    'System Nvram',
    'System Memory',
    'System Flash',
    'Hardware Version',
    'CPLD Version',
    'FPGA Version',
    'PCB Version',
    'Card Type',
    'Board Type',
    'Boot Version',
    'Epld Version',
  ]),
  /^\s*[A-Z]{2,8}-\d+(?:\/\d+){1,3}(?:, ?\w+)?:$/,
  /^\s*(?:Main processor|ROM|Bootldr|System Bootstrap|Product Name|Module\s?\d*|CPU|Boot)\s*:/i,
  /^\s*\d[\d,]* ?[KMG]?(?:bytes?|Bytes?|B)? of (?:non-volatile|flash|processor|system)/i,
].map((pattern) => ({ pattern }));

export const version = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    const row: VersionRow = { model: null, version: null, hostname: null, serial: null };
    const unparsed = readLines(withoutPager(output), [
      {
        // The product stands alone in the first line, or before `Software` where there is no such line.
        pattern: /^\s*(ZX\w*[ _-][\w-]+(?: [\w-]+)?)$/,
        take([, text = '']) {
          if (row.model !== null) return false;
          row.model = text;
        },
      },
      {
        pattern: /\bSoftware,/,
        take(_match, line) {
          const [before = '', rest = ''] = split(line, 'Software,');
          const [, text = ''] = split(rest, 'Version');
          const release = (text.split(',')[0] ?? '').replace(/^:/, '').trim();
          if (release === '') return false;
          row.version ??= release;
          if (/^ZXR10[ _]\S+$/.test(before.trim())) row.model ??= before.trim();
        },
      },
      {
        pattern: /^\s*System serial(?: number)?\s*:\s*(\S+)$/i,
        take([, text = '']) {
          row.serial = text === '0' ? null : text;
        },
      },
      ...KNOWN,
      ...NOISE,
    ]);
    const said = Object.values(row).some((value) => value !== null);
    return { rows: said ? [row] : [], unparsed };
  },
});

function split(text: string, at: string): [string, string] | [string] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}
