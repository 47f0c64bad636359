import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, portList } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/**
 * Link Aggregation Guide, "show lacp aggregates": a block per LAG, members with blanks or commas. Mode `off` is a static
 * LAG. Whether members are bundled is not said. VSX LAGs list the peer's ports apart; those are not ours.
 */
export const lags = outputReader({
  kind: 'lags',
  command: /^show lacp aggregates(?: lag ?\d+)?$/,
  read(output) {
    const rows: LagRow[] = [];
    let inMembers = false;
    const add = (list: string) => {
      const row = rows.at(-1);
      const ports = portList(list);
      if (!row || ports === null) return false;
      row.members.push(...ports.map((portId) => ({ portId, bundled: null })));
      inMembers = true;
      return undefined;
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Aggregate-name\s*: (lag ?\d+)(?: \(multi-chassis(?: static)?\))?$/,
        take([, name = '']) {
          const lag = canonicalName(name);
          if (lag === null) return false;
          rows.push({ lag, protocol: null, operUp: null, members: [] });
          inMembers = false;
        },
      },
      { pattern: /^\s*(?:Aggregated-interfaces|Interfaces)\s*:(.*)$/, take: ([, list = '']) => add(list) },
      {
        pattern: /^\s*Aggregate mode\s*: (active|passive|off)$/,
        take([, mode]) {
          const row = rows.at(-1);
          if (!row) return false;
          row.protocol = mode === 'off' ? 'static' : 'lacp';
          inMembers = false;
        },
      },
      {
        pattern: /^\s*(?:Remote-interfaces|Peer interfaces|Heartbeat rate|Hash|Aggregation-key)\s*:/i,
        take: () => {
          inMembers = false;
        },
      },
      { pattern: /^\s+(\S.*)$/, take: ([, list = '']) => (inMembers ? add(list) : false) },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
