import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';
import { joinWrappedNames } from './wrapped-names.ts';

/** NORMAL is manual load balancing; STATIC is what older releases call LACP mode (Command Reference, "mode (Eth-Trunk)"). */
const PROTOCOLS: Record<string, LagRow['protocol']> = {
  normal: 'static',
  manual: 'static',
  backup: 'static',
  static: 'lacp',
  lacp: 'lacp',
  dynamic: 'lacp',
};

/** Keys, two to a line, that we do not model. */
const KEYS =
  /^\s*(?:LAG ID|Preempt Delay|Hash Arithmetic|System Priority|System ID|Least Active-?linknumber|Max (?:Active-?linknumber|Bandwidth-affected-?linknumber)|Number Of Up Ports? In Trunk|Timeout Period|PortKeyMode|Priority|Load Balance|E-Trunk[\w -]{0,20}|Current Bandwidth) ?:/i;

export const ethTrunk = outputReader({
  kind: 'lags',
  command: /^display eth-trunk(?: \d{1,5})?$/,
  read(output) {
    const rows: LagRow[] = [];
    let table: 'members' | 'partner' | null = null;
    const unparsed = readLines(joinWrappedNames(withoutPager(output)), [
      {
        pattern: /^\s*(Eth-Trunk ?\d+)'s state information is:?$/i,
        take([, name = '']) {
          const lag = canonicalName(name);
          table = null;
          if (lag === null) return false;
          rows.push({ lag, protocol: null, operUp: null, members: [] });
        },
      },
      {
        // Working mode is the only key of its line, or one of two.
        pattern: /^(.{0,40}?)Working ?Mode: *([A-Za-z]+)(?: |$)/i,
        take([, before = '', mode = '']) {
          const lag = rows.at(-1);
          const protocol = PROTOCOLS[mode.toLowerCase()];
          if (!lag || protocol === undefined || !(before.trim() === '' || KEYS.test(before))) return false;
          lag.protocol = protocol;
        },
      },
      {
        pattern: /^\s*Operat(?:e|ing) Status: *(up|down)(?: |$)/i,
        take([, status = '']) {
          const lag = rows.at(-1);
          if (!lag) return false;
          lag.operUp = status.toLowerCase() === 'up';
        },
      },
      {
        pattern: /^(?:Actor)?PortName +(Status|SysPri)/i,
        take([, second = '']) {
          table = second.toLowerCase() === 'status' ? 'members' : 'partner';
        },
      },
      {
        pattern: /^\s*(\S+) +(\w+) +\S/,
        take([, name = '', status = '']) {
          const portId = canonicalName(name);
          const lag = rows.at(-1);
          if (portId === null || !lag || table === null) return false;
          if (table === 'partner') return;
          if (!/^(?:Selected|Unselect(?:ed)?|Up|Down|Indep\w*|Ref\w*|Sel|Unsel)$/i.test(status)) return false;
          lag.members.push({ portId, bundled: /^(?:Sel|Selected|Up)$/i.test(status) });
        },
      },
      { pattern: /^\s*(?:Local|Partner):$/i },
      { pattern: KEYS },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
