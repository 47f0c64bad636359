import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, type Taken, withoutPager } from './noise.ts';

const KNOWN_KEY =
  /^\s*(?:Hw Trunk ID|Ports_Configured|Primary Port Monitored|Duplex|Speed|Tag|Priority|Active Ports)\s*:/i;
const KNOWN_LINE = /^\s*(?:Port[ _]Names?|Port_Status|Monitor(?:[ _]Dir)?|[RT]x[ _]Mirr(?: Port)?|port_state)\s+\S/i;

/**
 * `show trunk` of releases before LAGs had interfaces. The ports stand below each other, or side by side with a line
 * for each property. A configured trunk that is not among the operational ones is down.
 */
export const trunk = outputReader({
  kind: 'lags',
  command: /^show trunk(?: .+)?$/,
  read(output) {
    const rows: LagRow[] = [];
    let operational = false;
    let current: LagRow | undefined;
    let across: string[] = [];

    const member = (portId: string) => {
      const known = current?.members.find((one) => one.portId === portId);
      if (known || !current) return known;
      const added: LagRow['members'][number] = { portId, bundled: null };
      current.members.push(added);
      return added;
    };
    const takes = (name: string, active: boolean | null): Taken => {
      const portId = canonicalName(name);
      const one = portId === null ? undefined : member(portId);
      if (!one || !current) return false;
      if (active !== null) one.bundled = active;
      if (active === true) current.operUp = true;
    };

    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*(Configured|Operational) trunks:$/i,
        take([, which = '']) {
          operational = /^oper/i.test(which);
          current = undefined;
          for (const row of rows) if (operational) row.operUp ??= false;
        },
      },
      {
        pattern: /^\s*Trunk ID:\s*(\d{1,5})$/i,
        take([, id = '']) {
          const lag = `lag${id}`;
          current = rows.find((row) => row.lag === lag);
          if (!current) {
            current = { lag, protocol: null, operUp: null, members: [] };
            rows.push(current);
          }
          across = [];
        },
      },
      { pattern: /^\s*Ports\s+(?:Port_?Name|Link_?Status)\b/i },
      {
        pattern: /^\s*Ports\s+(\d[\d/: ]*)$/,
        take([, text = '']) {
          across = text.trim().split(/\s+/);
          for (const name of across) if (takes(name, null) === false) return false;
        },
      },
      {
        pattern: /^\s*Link_Status\s+(\S.*)$/i,
        take([, text = '']) {
          const states = text.split(/\s+/);
          if (states.length !== across.length) return false;
          for (const [at, name] of across.entries()) takes(name, states[at] === 'active');
        },
      },
      {
        pattern: /^\s*LACP_Status\s+\S/i,
        take() {
          if (!current) return false;
          current.protocol = 'lacp';
        },
      },
      {
        pattern: /^\s*([\d/:]+)\s+(active|inactive|down|disabled?|standby)\s+\w+$/i,
        take: ([, name = '', state = '']) => takes(name, state === 'active'),
      },
      {
        pattern: /^\s*([\d/:]+)\s+\S.*\s(?:enabled?|disabled?)\s+(?:on|off)\s/i,
        take: ([, name = '']) => takes(name, null),
      },
      { pattern: KNOWN_KEY },
      { pattern: KNOWN_LINE },
      { pattern: /^\s*(?:No trunks?|There (?:is|are) no trunk)/i },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
