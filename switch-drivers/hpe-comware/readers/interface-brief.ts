import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, vlanId, withoutPager } from './noise.ts';

const MODES: Record<string, PortRow['mode']> = { A: 'access', T: 'trunk', H: 'other' };

/** Interface Command Reference, "display interface brief": a table of routed interfaces, one of switch ports. */
export const interfaceBrief = outputReader({
  kind: 'ports',
  command: /^display interface(?: [A-Za-z][\w-]*(?: ?\d[\d/:.]*)?)? brief(?: (?:description|down))?$/,
  read(output) {
    const rows: PortRow[] = [];
    let table: 'route' | 'bridge' | 'cause' | null = null;
    const add = (name: string, link: string, rest: Partial<PortRow>): false | undefined => {
      const portId = canonicalName(name);
      if (portId === null) return false;
      rows.push({
        ...{ portId, adminUp: link !== 'ADM', operUp: link === 'UP', mode: null, untagged: null, tagged: null },
        ...{ lag: null, description: null, mtu: null },
        ...rest,
      });
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern:
          /^(?:The brief information of|Brief information (?:on|of)) interfaces?(?:\(s\))? (?:under|in) (?:route|bridge) mode:$/i,
      },
      { pattern: /^(?:Link|Protocol|Speed|Duplex|Speed or Duplex|Type): +\S+ - \S/ },
      { pattern: /^(?:Protocol): +\(s\) - spoofing$/ },
      {
        pattern: /^Interface +Link +(Protocol|Speed|Cause)(?: |$)/,
        take([, third]) {
          table = third === 'Protocol' ? 'route' : third === 'Speed' ? 'bridge' : 'cause';
        },
      },
      {
        pattern: /^\s*(\S+) +(UP|DOWN|ADM|Stby)(?:\(\w+\))? +(?:UP|DOWN|-{1,2})(?:\(s\))? +\S+(?: +(\S.*))?$/,
        take([, name = '', link = '', description]) {
          if (table !== 'route') return false;
          return add(name, link, { mode: 'routed', description: orNull(description) });
        },
      },
      {
        pattern: /^\s*(\S+) +(UP|DOWN|ADM|Stby)(?:\(\w+\))? +\S+ +\S+ +([ATH]|-{1,2}) +(\d+|-{1,2})(?: +(\S.*))?$/,
        take([, name = '', link = '', type = '', pvid = '', description]) {
          const untagged = vlanId(pvid);
          if (table !== 'bridge' || (untagged === null && !pvid.startsWith('-'))) return false;
          const mode = MODES[type] ?? null;
          return add(name, link, {
            ...{ mode, untagged, tagged: mode === 'access' ? [] : null },
            description: orNull(description),
          });
        },
      },
      {
        pattern: /^\s*(\S+) +(DOWN|ADM|Stby) +\S/,
        take: ([, name = '', link = '']) => (table === 'cause' ? add(name, link, {}) : false),
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
