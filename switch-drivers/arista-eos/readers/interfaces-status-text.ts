import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, vlanId, withoutPager } from './noise.ts';

/** What the status says of `shutdown` and of the link; null where it does not. */
const STATUS: Record<string, Pick<PortRow, 'adminUp' | 'operUp'>> = {
  connected: { adminUp: true, operUp: true },
  notconnect: { adminUp: true, operUp: false },
  disabled: { adminUp: false, operUp: false },
  errdisabled: { adminUp: true, operUp: false },
  // A lane that the port's speed uses for another interface.
  inactive: { adminUp: null, operUp: false },
  // The destination of a mirroring session.
  monitoring: { adminUp: null, operUp: null },
  uninitialized: { adminUp: null, operUp: null },
  unknown: { adminUp: null, operUp: null },
};

const DUPLEX = /^(?:a-)?(?:full|half|auto|unconf|unknown)$/;
const SPEED = /^(?:auto|unconf|unknown|(?:a-)?\d{1,4}(?:\.\d)?[MGT](?:b|bps)?(?:-\d)?)$/;

/**
 * EOS User Manual, "show interfaces status". Names may hold blanks and run into the next column, so a row is read from its
 * words: the last word that is a status and has a VLAN, a duplex and a speed behind it. The table cuts long names off.
 */
export const interfacesStatusText = outputReader({
  kind: 'ports',
  command: /^show interfaces?(?: \S+(?: [\d/,-]+)?)? status$/,
  read(output) {
    const rows: PortRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^Port\s+Name\s+Status\s+Vlan\s+Duplex\s+Speed\s+Type(?:\s+Flags)?(?:\s+Encapsulation)?$/ },
      ...NOISE,
      {
        pattern: /^\s*[A-Za-z]\S*\s/,
        take(_match, line) {
          const row = rowOf(line);
          if (row === null) return false;
          rows.push(row);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function rowOf(line: string): PortRow | null {
  const words = [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index }));
  const text = (at: number) => words[at]?.text ?? '';
  const portId = canonicalName(text(0));
  if (portId === null) return null;
  for (let at = words.length - 4; at >= 1; at -= 1) {
    const status = Object.hasOwn(STATUS, text(at)) ? STATUS[text(at)] : undefined;
    const inLag = text(at + 1) === 'in' ? 1 : 0;
    if (!status || !DUPLEX.test(text(at + 2 + inLag)) || !SPEED.test(text(at + 3 + inLag))) continue;
    const layer2 = inLag ? memberOf(text(at + 2)) : modeOf(text(at + 1));
    if (layer2 === null) continue;
    const first = words[1]?.start ?? 0;
    return {
      portId,
      ...status,
      ...layer2,
      tagged: layer2.mode === 'access' ? [] : null,
      description: orNull(line.slice(first, words[at]?.start).trim()),
      mtu: null,
    };
  }
  return null;
}

type Layer2 = Pick<PortRow, 'mode' | 'untagged' | 'lag'>;

function memberOf(name: string): Layer2 | null {
  const lag = canonicalName(name);
  return lag === null ? null : { mode: null, untagged: null, lag };
}

function modeOf(word: string): Layer2 | null {
  if (word === 'trunk' || word === 'routed') return { mode: word, untagged: null, lag: null };
  if (/^(?:tap|tool|tap-tool|dot1q-tunnel)$/.test(word)) {
    return { mode: 'other', untagged: null, lag: null };
  }
  const vlan = vlanId(word);
  return vlan === null ? null : { mode: 'access', untagged: vlan, lag: null };
}
