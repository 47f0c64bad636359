import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/** A port with its flags: `Et54/1(PG+)`. */
const FLAGGED = /^([^()\s]+)\(([A-Za-z*^+-]*)\)$/;

/**
 * EOS User Manual, "show port-channel summary" (later releases call it `dense`): a legend, then the channels with their
 * members, wrapped below the members of the first line. U: the channel is in use; P: the member is bundled.
 */
export const portChannelsText = outputReader({
  kind: 'lags',
  command: /^show port-channel(?: \S+)? (?:summary|dense)$/,
  read(output) {
    const rows: LagRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*Flags$/ },
      { pattern: /^\s+[A-Za-z*^+-] - [A-Za-z]/ },
      { pattern: /^Number of (?:channels in use|aggregators):\s*\d+$/ },
      { pattern: /^\s*Port-Channel\s+Protocol\s+Ports$/ },
      ...NOISE,
      {
        pattern: /^\s*(Po\S+)\s+(LACP|Static)(?:\([A-Za-z*^+-]*\))?(?:\s+(\S.*))?$/i,
        take([, channel = '', protocol = '', list = '']) {
          const [, name = '', flags = ''] = FLAGGED.exec(channel) ?? [];
          const lag = canonicalName(name);
          const members = membersOf(list);
          if (lag === null || members === null) return false;
          rows.push({
            lag,
            protocol: protocol.toLowerCase() === 'lacp' ? 'lacp' : 'static',
            operUp: flags.includes('U') ? true : flags.includes('D') ? false : null,
            members,
          });
        },
      },
      {
        pattern: /^\s+(\S.*)$/,
        take([, list = '']) {
          const members = membersOf(list);
          const row = rows.at(-1);
          if (members === null || !row) return false;
          row.members.push(...members);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function membersOf(list: string): LagRow['members'] | null {
  const members: LagRow['members'] = [];
  for (const word of list.split(/\s+/)) {
    if (word === '') continue;
    const [, name = '', flags = ''] = FLAGGED.exec(word) ?? [];
    const portId = canonicalName(name);
    if (portId === null) return null;
    members.push({ portId, bundled: flags.includes('P') });
  }
  return members;
}
