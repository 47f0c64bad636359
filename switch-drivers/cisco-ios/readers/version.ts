import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { noise, withoutPager } from './noise.ts';
import { versionChatter } from './version-chatter.ts';

/**
 * `show version`. IOS-XE names two versions; the one of the IOS line is taken, as it has the form that Cisco's documents use.
 * In a stack, model and serial number are the active switch's, which is listed first.
 */
export const version = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    let ios: string | null = null;
    let xe: string | null = null;
    let hostname: string | null = null;
    let processor: string | null = null;
    let board: string | null = null;
    let model: string | null = null;
    let serial: string | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^Cisco IOS[- ]XE Software, Version (\S+)(?: - .*)?$/i,
        take: ([, text = '']) => {
          xe ??= text;
        },
      },
      {
        pattern: /^(?:Cisco IOS Software|IOS \(tm\)|Cisco IOS-XE Software).*[ ,]Version ([^\s,]+)(?:,|$)/i,
        take: ([, text = '']) => {
          ios ??= text;
        },
      },
      {
        pattern: /^(\S+) uptime is /,
        take: ([, text = '']) => {
          hostname ??= text;
        },
      },
      {
        pattern: /^cisco (\S+) .*with \d+K(?:\/\d+K)? bytes of (?:physical )?memory\.?$/i,
        take: ([, text = '']) => {
          processor ??= text;
        },
      },
      {
        pattern: /^Processor board ID (\S+)/,
        take: ([, text = '']) => {
          board ??= text;
        },
      },
      {
        pattern: /^Model number +: +(\S+)/i,
        take: ([, text = '']) => {
          model ??= text;
        },
      },
      {
        pattern: /^System serial number +: +(\S+)/i,
        take: ([, text = '']) => {
          serial ??= text;
        },
      },
      ...versionChatter,
      ...noise,
    ]);
    const row: VersionRow = { model: model ?? processor, version: ios ?? xe, hostname, serial: serial ?? board };
    return { rows: Object.values(row).some((value) => value !== null) ? [row] : [], unparsed };
  },
});
