import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, orNull, vlanId, withoutPager } from './noise.ts';

const SPEED = /^(?:--|\d{1,6}(?:\.\d)?[MG]?)$/;

/**
 * ArubaOS-CX Command-Line Interface Guide, "show interface brief". Type and reason may hold blanks or be empty, so a row is
 * read around the words that cannot: `yes|no` with `up|down` behind it, then the speed. The native VLAN's tag and the
 * allowed list are not said.
 */
export const interfaceBrief = outputReader({
  kind: 'ports',
  command: /^show interfaces?(?: (?:\d\S*|lag ?\d+|vlan ?\d+|loopback ?\d+))? brief$/,
  read(output) {
    const rows: PortRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      { pattern: /^Port\s+Native\s+Mode\s+Type\s+Enabled\s+Status\s+Reason\s+Speed(?:\s+Description)?$/ },
      { pattern: /^\s*VLAN\s+\(Mb\/s\)$/ },
      ...NOISE,
      {
        pattern: /^\s?[\da-z]\S*\s/,
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
  const words = [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], end: match.index + match[0].length }));
  const [port, native, mode] = words.map(({ text }) => text);
  const portId = canonicalName(port ?? '');
  const vlan = vlanId(native ?? '');
  const layer2 = modeOf(mode ?? '');
  if (portId === null || layer2 === undefined || (vlan === null && native !== '--')) return null;
  const enabled = words.findIndex(
    ({ text }, index) => index >= 3 && /^(?:yes|no)$/.test(text) && /^(?:up|down)$/.test(words[index + 1]?.text ?? ''),
  );
  const speed = words.findIndex(({ text }, index) => enabled >= 0 && index > enabled + 1 && SPEED.test(text));
  if (speed < 0) return null;
  return {
    portId,
    adminUp: words[enabled]?.text === 'yes',
    operUp: words[enabled + 1]?.text === 'up',
    mode: layer2,
    untagged: layer2 === 'access' || layer2 === 'trunk' ? vlan : null,
    tagged: layer2 === 'access' ? [] : null,
    lag: null,
    description: orNull(line.slice(words[speed]?.end).trim()),
    mtu: null,
  };
}

/** Members of a LAG and interfaces that are no ports have no mode. */
function modeOf(word: string): PortRow['mode'] | undefined {
  if (word === 'access' || word === 'trunk' || word === 'routed') return word;
  return word === '--' ? null : undefined;
}
