import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

const PROTOCOLS: Record<string, LagRow['protocol']> = { dynamic: 'lacp', static: 'static' };

/** What a block says besides, and the legend. */
const UNMODELLED = [
  /^ *(?:Creation Mode|Management VLANs?|System ID|Edge port|Aggregation description|Load ?sharing Type): */i,
  /^ *(?:Port Status|Port|Flags): +[A-Z] -- /,
  /^ +[A-Z] -- [A-Z]\w+/,
  /^ *Remote: *$/,
];

/** Layer 2 Command Reference, "display link-aggregation verbose". The LAG's own state is not in it. */
export const linkAggregation = outputReader({
  kind: 'lags',
  command: /^display link-aggregation verbose(?: (?:bridge|route)-aggregation(?: ?\d+)?)?$/i,
  read(output) {
    const rows: LagRow[] = [];
    let table: 'local' | 'remote' | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^ *Aggregat(?:e|ion) Interface: *(\S+)$/i,
        take([, name = '']) {
          const lag = canonicalName(name);
          table = null;
          if (lag === null) return false;
          rows.push({ lag, protocol: null, operUp: null, members: [] });
        },
      },
      {
        pattern: /^ *Aggregation Mode: *(Dynamic|Static)$/i,
        take([, mode = '']) {
          const lag = rows.at(-1);
          if (!lag) return false;
          lag.protocol = PROTOCOLS[mode.toLowerCase()] ?? null;
        },
      },
      { pattern: /^ *Local: *$/ },
      {
        pattern: /^ *(Port|Actor) +(?:Status|Partner|Priority)\b/,
        take([, first]) {
          table = first === 'Port' ? 'local' : 'remote';
        },
      },
      {
        pattern: /^ *(\S+) +([SUI]) +\d+(?: |$)/,
        take([, name = '', status = '']) {
          const portId = memberName(name);
          const lag = rows.at(-1);
          if (portId === null || !lag || table !== 'local') return false;
          lag.members.push({ portId, bundled: status === 'S' });
        },
      },
      {
        // What the other side says, by the local port's name.
        pattern: /^ *(\S+) +\d+ +\d+/,
        take: ([, name = '']) => (table === 'remote' && memberName(name) !== null ? undefined : false),
      },
      ...UNMODELLED.map((pattern) => ({ pattern })),
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** (R) marks the reference port, (M) a management port, (A) one that was added by itself. */
function memberName(text: string): string | null {
  return canonicalName(text.replace(/(?:\([A-Z]\))+$/, ''));
}
