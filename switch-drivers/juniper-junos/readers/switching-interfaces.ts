import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { NOISE, type Taken, vlanId, withoutPager } from './noise.ts';

/** Why a port forwards or not, in the words of `show ethernet-switching interfaces` without ELS. */
const BLOCKING = String.raw`(?:(?:(?:un)?blocked\b|MAC (?:move )?limit|Storm control in effect|Disabled by ).*)`;
const TAGGING = '(tagged|untagged)';
const FIRST = new RegExp(
  String.raw`^(\S+)\s+(up|down)(?:\s+(?!${BLOCKING}$)(\S+)(?:\s+(\d{1,4}))?(?:\s+${TAGGING})?)?(?:\s+${BLOCKING})?$`,
);
const NEXT = new RegExp(String.raw`^\s+(\S+)(?:\s+(\d{1,4}))?\s+(?:${TAGGING}(?:\s+${BLOCKING})?|${BLOCKING})$`);

/** With ELS: the interface with its limits, flags and mode, below it each VLAN with its tag. */
const FLAGS = '[A-Z]+(?:,[A-Z]+)*';
const ELS_FIRST = new RegExp(String.raw`^(\S+)\s+\d+(?:\s+\d+)?(?:\s+(${FLAGS}))?(?:\s+${TAGGING})?$`);
const ELS_NEXT = new RegExp(
  String.raw`^\s+(\S+)\s+(\d+)(?:\s+(\d+))?(?:\s+(\d+))?\s+[A-Z][a-z]+(?:\s+${FLAGS})?(?:\s+${TAGGING})?$`,
);

export const switchingInterfaces = outputReader({
  kind: 'ports',
  command: /^show ethernet-switching interfaces?(?: (?!detail|summary)[\w.:/-]+)?(?: \| no-more)?$/,
  read(output) {
    const rows: PortRow[] = [];
    let current: PortRow | null = null;
    let skipping = false;
    let modePrinted = false;
    let limits = 1;

    const start = (name: string, operUp: boolean | null, mode: PortRow['mode']): Taken => {
      const portId = canonicalName(name);
      if (portId === null) return false;
      skipping = !isSwitchPort(portId);
      modePrinted = mode !== null;
      current = skipping
        ? null
        : {
            portId,
            adminUp: null,
            operUp,
            mode,
            untagged: null,
            tagged: null,
            lag: null,
            description: null,
            mtu: null,
          };
      if (current) rows.push(current);
    };
    /** A VLAN without an id counts for the mode only. */
    const member = (tag: string | undefined, tagging: string | undefined): Taken => {
      if (skipping) return;
      const vlan = tag === undefined || tag === '0' ? null : vlanId(tag);
      if (!current || (vlan === null && tag !== undefined && tag !== '0')) return false;
      if (tagging === undefined) return;
      if (tagging === 'tagged') {
        // An access port with a tagged VLAN has a telephone's.
        if (!modePrinted) current.mode = 'trunk';
        else if (current.mode === 'access') current.mode = 'other';
      } else current.mode ??= 'access';
      current.tagged ??= [];
      if (tagging === 'untagged') current.untagged = vlan;
      else if (vlan !== null && Array.isArray(current.tagged)) current.tagged.push(vlan);
    };

    const unparsed = readLines(withoutPager(output), [
      { pattern: /^\s*Interface\s+State\s+VLAN members\s+Tag\s+Tagging\s+Blocking$/i },
      { pattern: /^\s*Routing Instance Name\s*:/i },
      { pattern: /^\s*Logical Interface flags \(/i },
      { pattern: /^\s+[A-Z]{2,5} ?- ?[A-Za-z].*[,)]$/ },
      {
        pattern: /^\s*Logical\s+Vlan\s+TAG\s+MAC\s+(MAC\+IP\s)?/i,
        take: ([, two]) => {
          limits = two ? 2 : 1;
        },
      },
      { pattern: /^\s*interface\s+members\s+limit\s/i },
      {
        pattern: FIRST,
        take([, name = '', state, vlan, tag, tagging]) {
          if (start(name, state === 'up', null) === false) return false;
          return vlan === undefined ? undefined : member(tag, tagging);
        },
      },
      {
        pattern: ELS_FIRST,
        take([, name = '', flags = '', tagging]) {
          const mode = tagging === undefined ? null : tagging === 'tagged' ? 'trunk' : 'access';
          // DN: interface down.
          if (start(name, !flags.split(',').includes('DN'), mode) === false) return false;
          if (current && mode !== null) current.tagged = [];
        },
      },
      {
        pattern: ELS_NEXT,
        take([, , first, second, third, tagging]) {
          // The limits come last; what is before them is the tag.
          const numbers = [first, second, third].filter((number) => number !== undefined);
          if (numbers.length < limits || numbers.length > limits + 1) return false;
          return member(numbers.length > limits ? first : undefined, tagging);
        },
      },
      { pattern: NEXT, take: ([, , tag, tagging]) => member(tag, tagging) },
      ...NOISE,
    ]);
    for (const row of rows) if (Array.isArray(row.tagged)) row.tagged.sort((a, b) => a - b);
    return { rows, unparsed };
  },
});
