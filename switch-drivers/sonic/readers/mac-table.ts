import { type MacRow, outputReader } from '../../contract/rows.ts';
import { normalizeMac } from '../../transports/ssh-cli/parse.ts';
import { tabulated } from './tabulate.ts';

/** `show mac` (fdbshow). */
export const macTable = outputReader({
  kind: 'macs',
  command: /^show mac(?: -[pv] \S+)*$/,
  read(output) {
    const { rows, rest } = tabulated(output);
    const entries = rows.map(({ line, cells }) => ({ line, row: macRow(cells) }));
    return {
      rows: entries.flatMap(({ row }) => row ?? []),
      unparsed: [
        ...rest.filter((line) => !TOTAL.test(line)),
        ...entries.filter(({ line, row }) => row === null && !TOTAL.test(line)).map(({ line }) => line),
      ],
    };
  },
});

const TOTAL = /^Total number of entries \d+$/;

function macRow({ Vlan = '', MacAddress = '', Port: portId = '', Type = '' }: Record<string, string>): MacRow | null {
  const mac = normalizeMac(MacAddress);
  const vlan = /^\d{1,4}$/.test(Vlan) ? Number(Vlan) : null;
  if (mac === null || portId === '') return null;
  return { mac, vlan, portId, kind: Type === 'Dynamic' ? 'dynamic' : Type === 'Static' ? 'static' : 'other' };
}
