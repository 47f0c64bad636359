import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** A letter or sign and what it means, up to three in a line. */
const FLAG = '[A-Za-z*^+-] - [A-Z*a-z][^()]*(?:\\([\\w -]+\\))?';
const LEGEND = new RegExp(`^ *(?:Flags: +)?${FLAG}$`);

/** `show port-channel summary`, with a column for the group or, as some platforms print it, without. */
export const portChannels = outputReader({
  kind: 'lags',
  command: /^show port-channel summary(?: interface port-channel ?\d+)?$/,
  read(output) {
    const rows: LagRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: LEGEND },
      { pattern: /^ *Flags:?$/ },
      { pattern: /^[-= ]{8,}$/ },
      { pattern: /^Group +Port-(?:Channel)? +Type +Protocol +Member Ports$/i },
      { pattern: /^ +Channel$/ },
      { pattern: /^Port-Channel +Protocol +Ports$/i },
      { pattern: /^Number of (?:channels in use|aggregators): *\d+$/i },
      ...noise,
      {
        pattern: /^ *\d{1,4} +(Po\d{1,4})\(([A-Za-z]{1,4})\) +(\w{1,12})(?: +(LACP|NONE|PAgP|--?)(?: +(\S.*))?)?$/i,
        take: ([, name = '', flags = '', , protocol = '', list = '']) => add(rows, name, flags, protocol, list),
      },
      {
        pattern: /^ *(Po\d{1,4})\(([A-Za-z]{1,4})\) +(LACP|Static|None|--?)(?:\([ap]\))?(?: +(\S.*))?$/i,
        take: ([, name = '', flags = '', protocol = '', list = '']) => add(rows, name, flags, protocol, list),
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

function add(rows: LagRow[], name: string, flags: string, protocol: string, list: string): false | undefined {
  const lag = canonicalName(name);
  const members = membersOf(list);
  if (lag === null || !members) return false;
  rows.push({ lag, protocol: PROTOCOLS[protocol.toLowerCase()] ?? null, operUp: flags.includes('U'), members });
}

/** NONE: without a protocol. */
const PROTOCOLS: Record<string, LagRow['protocol']> = { lacp: 'lacp', none: 'static', static: 'static' };

function membersOf(list: string): LagRow['members'] | null {
  const members: LagRow['members'] = [];
  for (const item of list.split(/[, ]+/)) {
    if (item === '' || item === '--') continue;
    const [, name = '', flags = ''] = /^([A-Za-z-]+\d[\d/]*)\(([A-Za-z*^+-]{1,8})\)$/.exec(item) ?? [];
    const portId = canonicalName(name);
    if (portId === null) return null;
    members.push({ portId, bundled: flags.includes('P') });
  }
  return members;
}
