import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** `show etherchannel summary`. A LAG is up when in use; only bundled members forward. */
export const etherchannels = outputReader({
  kind: 'lags',
  command: /^show etherchannel(?: \d+)? summary$/,
  read(output) {
    const rows: LagRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      // Flags are single letters, on routers also words: `P/bndl`.
      { pattern: /^(?:Flags:)? *[A-Za-z]{1,2}(?:\/[\w-]{2,8})? +- +\S.*$/ },
      { pattern: /^Number of (?:channel-groups in use|aggregators): +\d+$/ },
      { pattern: /^Group +Port-channel +Protocol +Ports$/ },
      { pattern: /^[-+=]{8,}$/ },
      { pattern: /^ *(?:Last applied Hash|Channel-group listing)\b.*$/i },
      ...noise,
      {
        pattern: /^ *\d{1,4} +(Po\d{1,4})\(([A-Za-z]{1,3})\)(?: +(LACP|PAgP|-{1,2})(?: +(\S.*))?)?$/,
        take: ([, name = '', flags = '', protocol = '', list = '']) => {
          const lag = canonicalName(name);
          const members = membersOf(list);
          if (lag === null || !members) return false;
          rows.push({ lag, protocol: PROTOCOLS[protocol] ?? null, operUp: flags.includes('U'), members });
        },
      },
      {
        pattern: /^ {8,}(\S.*)$/,
        take: ([, list = '']) => {
          const members = membersOf(list);
          if (!members || rows.length === 0) return false;
          rows.at(-1)?.members.push(...members);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

const PROTOCOLS: Record<string, LagRow['protocol']> = { LACP: 'lacp', '-': 'static', '--': 'static' };

function membersOf(list: string): LagRow['members'] | null {
  const members: LagRow['members'] = [];
  for (const item of list.split(/[, ]+/)) {
    if (item === '') continue;
    const [, name = '', flags = ''] = /^([A-Za-z-]+\d[\d/]*)\(([A-Za-z-]{1,8})\)$/.exec(item) ?? [];
    const portId = canonicalName(name);
    if (portId === null) return null;
    members.push({ portId, bundled: flags === 'bndl' || flags.includes('P') });
  }
  return members;
}
