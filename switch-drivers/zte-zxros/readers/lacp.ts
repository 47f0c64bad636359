import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/** `show lacp internal`: a part per smartgroup. ZXROS adds flags to the port, `*` for a member that carries frames. */
export const lacp = outputReader({
  kind: 'lags',
  command: /^show lacp(?: \d{1,4})? internal$/,
  read(output) {
    const rows: LagRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Smartgroup\s*:\s*(\d{1,4})$/i,
        take: ([, id = '']) => void rows.push({ lag: `smartgroup${id}`, protocol: 'lacp', operUp: null, members: [] }),
      },
      {
        pattern: /^\s*([a-z][^\s[]*)(?:\[[\w* ]{0,8}\])?\s+(active|inactive|selected|unselected|standby)(?:\s.*)?$/i,
        take([, name = '', state = '']) {
          const portId = canonicalName(name);
          const row = rows.at(-1);
          if (portId === null || !row) return false;
          row.members.push({ portId, bundled: /^(?:active|selected)$/i.test(state) });
        },
      },
      { pattern: /^\s*Flags\s*:/i },
      { pattern: /^\s+[A-Z*] ?- ?\w/i },
      { pattern: /^\s*Actor\s+Agg\s+/i },
      { pattern: /^\s*Port(?:\[Flags\])?\s+State\s+/i },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
