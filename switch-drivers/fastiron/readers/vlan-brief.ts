import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, type Taken, vlanId, withoutPager } from './noise.ts';

/** The ids only: `VLANs Configured :1 20 100 to 110`. */
export const vlanBrief = outputReader({
  kind: 'vlans',
  command: /^show vlan brief$/,
  read(output) {
    const rows: VlanRow[] = [];
    let listing = false;
    const add = (text: string): Taken => {
      const ids = idList(text);
      if (ids === null) return false;
      rows.push(...ids.map((id) => ({ vlan: id, name: null, active: null, ports: null })));
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*VLANs Configured\s*:\s*(\d.*)?$/,
        take([, text]) {
          listing = true;
          return text === undefined ? undefined : add(text);
        },
      },
      { pattern: /^\s*(\d[\d to]*)$/, take: ([, text = '']) => (listing ? add(text) : false) },
      { pattern: /^\s*System-max vlan Params: / },
      { pattern: /^\s*Default vlan Id\s*:\s*\d+$/ },
      { pattern: /^\s*Total Number of Vlan Configured\s*:\s*\d+$/ },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

function idList(text: string): number[] | null {
  const ids: number[] = [];
  const words = text.trim().split(/\s+/);
  for (const [at, word] of words.entries()) {
    if (word === 'to') continue;
    const id = vlanId(word);
    if (id === null) return null;
    const from = words[at - 1] === 'to' ? (ids.at(-1) ?? 0) + 1 : id;
    for (let next = from; next <= id; next += 1) ids.push(next);
  }
  return ids;
}
