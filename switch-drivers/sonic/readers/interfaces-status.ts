import { outputReader, type PortRow } from '../../contract/rows.ts';
import { isSwitchPort } from '../port-names.ts';
import { tabulated } from './tabulate.ts';

/** `show interfaces status`. Its column Vlan says `trunk`, `routed` or a LAG's name: CONFIG_DB says what it really is. */
export const interfacesStatus = outputReader({
  kind: 'ports',
  command: /^show interfaces? status(?: \S+)?$/,
  read(output) {
    const { rows, rest } = tabulated(output);
    const known = rows.filter(({ cells }) => isSwitchPort(cells.Interface ?? ''));
    const unknown = rows.filter((row) => !known.includes(row)).map(({ line }) => line);
    return { rows: known.map(({ cells }) => portRow(cells)), unparsed: [...rest, ...unknown] };
  },
});

function portRow({ Interface: portId = '', MTU = '', Vlan = '', Oper, Admin }: Record<string, string>): PortRow {
  return {
    portId,
    adminUp: upOrDown(Admin),
    operUp: upOrDown(Oper),
    mode: Vlan === 'routed' ? 'routed' : Vlan === 'trunk' ? 'trunk' : null,
    untagged: null,
    tagged: null,
    lag: /^PortChannel\d+$/.test(Vlan) ? Vlan : null,
    description: null,
    mtu: /^\d{2,5}$/.test(MTU) ? Number(MTU) : null,
  };
}

function upOrDown(text: string | undefined): boolean | null {
  return text === 'up' ? true : text === 'down' ? false : null;
}
