import { outputReader, type VersionRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { noise, withoutPager } from './noise.ts';
import { versionChatter } from './version-chatter.ts';

/** `show version`. The model is as in the line `cisco Nexus9000 C9396PX Chassis`, without the product line. */
export const version = outputReader({
  kind: 'version',
  command: /^show version$/,
  read(output) {
    let os: string | null = null;
    let hostname: string | null = null;
    let model: string | null = null;
    let serial: string | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^ +(?:NXOS|system): +version (\S.*)$/,
        take: ([, text = '']) => {
          os ??= text;
        },
      },
      {
        pattern: /^ *cisco (\S.*) chassis\b.*$/i,
        take: ([, text = '']) => {
          model ??= modelOf(text);
        },
      },
      {
        pattern: /^ *Processor Board ID (\S+)$/i,
        take: ([, text = '']) => {
          serial ??= text;
        },
      },
      {
        pattern: /^ *Device name: (\S+)$/,
        take: ([, text = '']) => {
          hostname ??= text;
        },
      },
      ...versionChatter,
      ...noise,
    ]);
    const row: VersionRow = { model, version: os, hostname, serial };
    return { rows: Object.values(row).some((value) => value !== null) ? [row] : [], unparsed };
  },
});

/** `Nexus9000 C9396PX`, `Nexus 5596`, `Nexus5548`, `Nexus7000 C7010 (10 Slot)`. */
function modelOf(text: string): string {
  const words = text.split(' ').filter((word) => /^[\w-]+$/.test(word) && word !== 'Nexus');
  const model = words.find((word) => !word.startsWith('Nexus')) ?? words[0] ?? text;
  return model.replace(/^Nexus(?=\d)/, '');
}
