import { outputReader, type PortRow } from '../../contract/rows.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** Status, VLAN, duplex and speed one after the other, then the type: the name before may hold blanks. */
const STATE = new RegExp(
  '(?:^|\\s)(\\S{2,14}) {1,30}' +
    '(\\d{1,4}|trunk|routed|f-path|fabric|tunnel|pvlan|promisc|monitor|--) {1,30}' +
    '((?:a-)?(?:full|half)|auto|--) {1,30}((?:a-)?[0-9.]{1,6}[GM]?|auto|--)(?: +(\\S.*))?$',
);

/** `show interface status`. NX-OS cuts the status to nine characters. */
export const interfaceStatus = outputReader({
  kind: 'ports',
  command: /^show interface(?: \S+){0,2} status$/,
  read(output) {
    const rows: PortRow[] = [];
    /** Columns of the second table, which holds the tunnels. */
    let tunnels: Column[] | null = null;
    const unparsed = readLines(withoutPager(output), [
      ...noise,
      { pattern: /^[- ]{10,}$/ },
      {
        pattern: /^Port +Name +Status +Vlan +Duplex +Speed +Type$/i,
        take: () => {
          tunnels = null;
        },
      },
      {
        pattern: /^Interface +Name +Status +Reason +Reason description$/i,
        take: (_, line) => {
          tunnels = columnsOf(line, ['Interface', 'Name', 'Status', 'Reason', 'Reason desc']);
        },
      },
      {
        pattern: /^\S+ .*$/,
        take: (_, line) => {
          const row = tunnels ? tunnelRow(cellsOf(tunnels, line)) : portRow(line);
          if (!row) return false;
          rows.push(row);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function portRow(line: string): PortRow | null {
  const portId = canonicalName(line.slice(0, line.search(/\s/)));
  const rest = line.slice(line.search(/\s/) + 1);
  const [state, status = '', vlan = '', , , type = ''] = STATE.exec(rest) ?? [];
  if (portId === null || state === undefined) return null;
  const membership = membershipOf(vlan, type);
  return membership && { portId, ...upness(status), ...membership, lag: null, ...named(rest.slice(0, -state.length)) };
}

function tunnelRow(cells: Record<string, string>): PortRow | null {
  const portId = canonicalName(cells.Interface ?? '');
  const { Status: status = '', Reason: reason = '', Name: name = '' } = cells;
  if (portId === null || status === '') return null;
  const up = reason === 'admin down' ? { adminUp: false, operUp: false } : upness(status);
  return { portId, ...up, mode: null, untagged: null, tagged: null, lag: null, ...named(name) };
}

function named(text: string): Pick<PortRow, 'description' | 'mtu'> {
  const name = text.trim();
  return { description: name === '' || name === '--' ? null : name, mtu: null };
}

/** Without a transceiver or with its interface down, the table does not show whether the port is also shut down. */
function upness(status: string): Pick<PortRow, 'adminUp' | 'operUp'> {
  if (status === 'disabled') return { adminUp: false, operUp: false };
  const enabled = /^(?:connected|notconn|err|susp|noOperMem|inactive|linkFlap)/i.test(status);
  return { adminUp: enabled ? true : null, operUp: status === 'connected' };
}

function membershipOf(vlan: string, type: string): Pick<PortRow, 'mode' | 'untagged' | 'tagged'> | null {
  const only = (mode: PortRow['mode']) => ({ mode, untagged: null, tagged: null });
  if (vlan === 'trunk' || vlan === 'routed') return only(vlan);
  if (vlan === '--') return only(null);
  // The uplink of a fabric extender shows VLAN 1.
  if (!/^\d/.test(vlan) || type.startsWith('Fabric Ext')) return only('other');
  const ids = parseVlanList(vlan);
  return ids && { mode: 'access', untagged: ids[0] ?? null, tagged: [] };
}
