import { type LagRow, outputReader } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, portList } from '../port-names.ts';
import { NOISE, type Taken, withoutPager } from './noise.ts';

/** A keep-alive LAG is one port that runs LACP. */
function protocolOf(word: string): LagRow['protocol'] {
  return word.toLowerCase() === 'static' ? 'static' : 'lacp';
}

const KNOWN_KEY =
  /^\s*(?:Port (?:Count|Names?)|Primary Port|Lag Interface|Trunk (?:Type|Threshold)|LACP \w+|Monitor\w*)\s*:/i;

const SUMMARY = [
  /^\s*Total number of (?:deployed )?LAGs\s*:/,
  /^\s*Total number of trunks created\s*:/,
  /^\s*LACP System Priority \/ ID\s*:/,
  /^\s*LACP (?:Long|Short) timeout\s*:/,
].map((pattern) => ({ pattern }));

/** `show lag`: a part for each LAG with its configuration, a table of its ports and, for LACP, two more. */
export const lag = outputReader({
  kind: 'lags',
  command: /^show lag(?: (?!brief)\S+)*$/,
  read(output) {
    const rows: LagRow[] = [];
    const member = (name: string) => {
      const portId = canonicalName(name);
      return rows.at(-1)?.members.find((one) => one.portId === portId);
    };
    let listing = false;
    const add = (text: string): Taken => {
      const ports = portList(text);
      const row = rows.at(-1);
      if (!ports || !row) return false;
      row.members.push(...ports.map((portId) => ({ portId, bundled: null })));
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*=== LAG ".*" ID (\d{1,4}) \((static|dynamic|keep-alive) (?:(Not) )?Deployed[^)]*\) ===$/i,
        take([, id = '', type = '', not]) {
          listing = false;
          rows.push({ lag: `lag${id}`, protocol: protocolOf(type), operUp: not ? false : null, members: [] });
        },
      },
      {
        pattern: /^\s*Ports:\s*(\S.*)$/,
        take([, text = '']) {
          listing = true;
          return /^none$/i.test(text) ? undefined : add(text);
        },
      },
      { pattern: /^\s+(e(?:the?\w*)? \d.*)$/, take: ([, text = '']) => (listing ? add(text) : false) },
      { pattern: /^\s*LAG Configuration:$/ },
      {
        pattern: KNOWN_KEY,
        take() {
          listing = false;
        },
      },
      { pattern: /^\s*Deployment: / },
      { pattern: /^\s*Port\s+Link\s+State\s+Dupl\s+Speed\s+Trunk\s+Tag\s+Pvid\s+Pri\s+MAC\s+Name$/ },
      {
        // Without LACP a port takes part when its link is up.
        pattern: /^\s*(\S+)\s+(Up|Down|Disabled?|Err-?Dis\w*)\s+(\S+)\s+\S+\s+\S+\s+(?:\d+|None)\s+(?:Yes|No)\s/i,
        take([, name = '', link = '', state = '']) {
          const one = member(name);
          if (!one) return canonicalName(name)?.startsWith('lag') ? undefined : false;
          if (rows.at(-1)?.protocol === 'static') one.bundled = /^up$/i.test(link) && /^forward$/i.test(state);
        },
      },
      { pattern: /^\s*Port\s+\[Sys P\]/ },
      {
        // The last column: Ope is operational; Ina, Blo, Dwn, Err and the like are not.
        pattern: /^\s*(\S+)\s+\d+\s+\d+\s+\d+\s+(?:Yes|No)\s+[LS]\s+(?:Agg|No)\s.*\s([A-Z][a-z]+)$/,
        take([, name = '', state = '']) {
          const one = member(name);
          if (!one) return false;
          one.bundled = state === 'Ope';
        },
      },
      { pattern: /^\s*Partner Info and PDU Statistics$/ },
      { pattern: /^\s*Port\s+Partner\s+Partner\s+LACP/ },
      { pattern: /^\s*System ID\s+Key\s+Rx Count/ },
      { pattern: /^\s*\S+\s+\d+-[0-9a-f.]{14}\s+\d+\s+\d+\s+\d+$/ },
      ...SUMMARY,
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

/** `show lag brief`: a name as wide as its column leaves no blank before the type. */
export const lagBrief = outputReader({
  kind: 'lags',
  command: /^show lag brief$/,
  read(output) {
    const rows: LagRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*LAG\s+Type\s+Deploy\s+Trunk\s+\w+\s+Port List$/ },
      {
        pattern: /(dynamic|static|keep-alive)\s+([YN])\s+(\d{1,4})\s+\S+\s+(e(?:the?\w*)? \d[^"]*)$/,
        take([, type = '', deployed = '', id = '', text = '']) {
          const ports = portList(text);
          if (ports === null) return false;
          rows.push({
            lag: `lag${id}`,
            protocol: protocolOf(type),
            operUp: deployed === 'N' ? false : null,
            members: ports.map((portId) => ({ portId, bundled: null })),
          });
        },
      },
      {
        pattern: /^\s+(e(?:the?\w*)? \d[^"]*)$/,
        take([, text = '']) {
          const ports = portList(text);
          const row = rows.at(-1);
          if (!ports || !row) return false;
          row.members.push(...ports.map((portId) => ({ portId, bundled: null })));
        },
      },
      ...SUMMARY,
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
