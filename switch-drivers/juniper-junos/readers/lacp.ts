import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

/** Member, receive state, transmit state and mux state. */
const PROTOCOL = new RegExp(
  [
    String.raw`^\s*(\S+)\s+(?:Current|Expired|Defaulted|Initialize|(?:Port|LACP) disabled)\s+(?:Slow|Fast|No) periodic`,
    String.raw`\s+(Collecting distributing|Collecting|Attached|Detached|Waiting|Distributing disabled)$`,
  ].join(''),
  'i',
);

export const lacp = outputReader({
  kind: 'lags',
  command: /^show lacp interfaces(?: (?!extensive)[\w.:/-]+)?(?: \| no-more)?$/,
  read(output) {
    const rows: LagRow[] = [];
    const member = (name: string): LagRow['members'][number] | null => {
      const portId = canonicalName(name);
      const row = rows.at(-1);
      if (portId === null || !row) return null;
      const known = row.members.find((one) => one.portId === portId);
      if (known) return known;
      const added = { portId, bundled: null };
      row.members.push(added);
      return added;
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*Aggregated interface: (\S+)$/,
        take([, text = '']) {
          const lag = canonicalName(text);
          if (lag === null) return false;
          rows.push({ lag, protocol: 'lacp', operUp: null, members: [] });
        },
      },
      { pattern: /^\s*LACP state:\s+Role\s/ },
      { pattern: /^\s*LACP protocol:\s+Receive State\s/ },
      {
        pattern: /^\s*(\S+)\s+(?:Actor|Partner)\s+(?:(?:Yes|No)\s+){6}(?:Fast|Slow)\s+(?:Active|Passive)$/,
        take: ([, name = '']) => (member(name) ? undefined : false),
      },
      {
        // Only a member that both collects and distributes carries frames. IEEE 802.1AX, mux machine.
        pattern: PROTOCOL,
        take([, name = '', mux = '']) {
          const one = member(name);
          if (!one) return false;
          one.bundled = /^collecting distributing$/i.test(mux);
        },
      },
      // Hold timers and link protection, where they are configured.
      { pattern: /^\s*LACP hold-timer:/ },
      { pattern: /^\s*\S+\s+(?:Not Running|Running)\s.*$/ },
      { pattern: /^\s*(?:error|warning): (?:the )?lacp subsystem (?:is )?not running/i },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
