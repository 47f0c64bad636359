import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

/** Releases order the columns differently: `Port Age VLAN Type`, `Port Type Index VLAN`, `Port Type VLAN Action`. */
const COLUMNS = /^(?:Port|Age|VLAN|Type|Index|Action)$/i;
const DEFAULT_COLUMNS = ['port', 'type', 'vlan'];

export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac-address(?: .+)?$/,
  read(output) {
    const rows: MacRow[] = [];
    let columns = DEFAULT_COLUMNS;
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: /^\s*MAC[ -]Address\s+(\S.*)$/i,
        take([, text = '']) {
          const words = text.split(/\s+/);
          if (!words.every((word) => COLUMNS.test(word))) return false;
          columns = words.map((word) => word.toLowerCase());
        },
      },
      {
        pattern: /^\s*([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s+(\S.*)$/i,
        take([, address = '', text = '']) {
          const words = text.split(/\s+/);
          const cell = (name: string) => words[columns.indexOf(name)] ?? '';
          const mac = normalizeMac(address);
          const portId = canonicalName(cell('port'));
          const vlan = vlanId(cell('vlan'));
          if (mac === null || portId === null || vlan === null || words.length > columns.length) return false;
          rows.push({ mac, vlan, portId, kind: kindOf(cell('type')) });
        },
      },
      { pattern: /^\s*Total (?:active|static|dynamic|.{0,24}) ?entries from all ports = \d+$/i },
      { pattern: /^\s*Total (?:number of )?MAC.{0,40}[:=] ?\d+$/i },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});

function kindOf(type: string): MacRow['kind'] {
  if (type === '') return null;
  if (/^dynamic$/i.test(type)) return 'dynamic';
  return /^static$/i.test(type) ? 'static' : 'other';
}
