import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/** Port, Link, State, Dupl, Speed, Trunk, Tag, Pvid, Pri, MAC, Name. The name is cut to the width of the terminal. */
const ROW = new RegExp(
  [
    String.raw`^\s*(\S+)\s+(Up|Down|Disabled?|Err-?Dis\w*)\s+\S+\s+\S+\s+\S+\s+(None|N/A|\d+)`,
    String.raw`\s+(Yes|No|N/A)\s+(\d+|N/A|None)\s+\S+\s+(?:[0-9a-f.]{14}|N/A)(?:\s+(\S.*))?$`,
  ].join(''),
  'i',
);

export const interfacesBrief = outputReader({
  kind: 'ports',
  command: /^show interfaces? brief(?: wide)?(?: (?:ethernet|lag|management|ve) .+)?$/,
  read(output) {
    const rows: PortRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*Port\s+Link\s+State\s+Dupl\s+Speed\s+Trunk\s+Tag\s+Pvid\s+Pri\s+MAC\s+Name$/i },
      {
        pattern: ROW,
        take([, name = '', link = '', trunk = '', tag = '', pvid = '', description]) {
          const portId = canonicalName(name);
          const untagged = vlanId(pvid);
          // N/A: tagged ports and stacking ports. None: the management port.
          if (portId === null || (untagged === null && /\d/.test(pvid))) return false;
          const trunked = tag === 'Yes';
          rows.push({
            portId,
            adminUp: !/^disable/i.test(link),
            operUp: /^up$/i.test(link),
            mode: trunked ? 'trunk' : untagged === null ? null : 'access',
            untagged,
            // The table has the native VLAN only, which the vendor calls dual mode.
            tagged: trunked || untagged === null ? null : [],
            // A LAG's own row carries its own number.
            lag: /^\d+$/.test(trunk) && !portId.startsWith('lag') ? `lag${trunk}` : null,
            description: description ?? null,
            mtu: null,
          });
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
