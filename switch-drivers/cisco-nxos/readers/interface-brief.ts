import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/** The tables of `show interface brief`, each with its headings. */
const TABLES: Record<string, readonly string[]> = {
  management: ['Port', 'VRF', 'Status', 'IP Address', 'Speed', 'MTU'],
  logical: ['Interface', 'Status', 'Description'],
  vlan: ['Interface', 'Secondary VLAN(Type)', 'Status', 'Reason'],
  nve: ['Port', 'Status', 'Reason', 'MTU'],
  tunnel: ['Interface', 'Status', 'IP Address', 'Encap type', 'MTU'],
};

/** Ethernet, Vethernet and port-channel; the reason holds blanks, what follows it is a speed and a LAG or protocol. */
const ETHERNET_HEADING =
  /^(?:Ethernet|Port-channel|Vethernet|Interface) +VLAN +Type +Mode +Status +Reason +Speed +(?:Port|Protocol)$/i;
const ETHERNET =
  /^(\S+) +(\d{1,4}|--|monitor) +([\w-]+) +([\w-]+) +(up|down) (.*) ((?:a-)?(?:\d+G?|auto)\(\w\)|--) +(\S+)$/;

/** `show interface brief`. */
export const interfaceBrief = outputReader({
  kind: 'ports',
  command: /^show interface(?: \S+){0,2} brief$/,
  read(output) {
    const rows: PortRow[] = [];
    let columns: Column[] | null = null;
    const headings = Object.values(TABLES).map(
      (names): LineRule => ({
        pattern: new RegExp(`^${names.map((name) => name.replace(/[()]/g, '\\$&')).join(' +')}$`, 'i'),
        take: (_, line) => {
          columns = columnsOf(line, names);
        },
      }),
    );
    const unparsed = readLines(withoutPager(output), [
      ...noise,
      { pattern: /^[- ]{10,}$/ },
      {
        pattern: ETHERNET_HEADING,
        take: () => {
          columns = null;
        },
      },
      { pattern: /^Interface(?: +Ch #)?$/ },
      ...headings,
      {
        pattern: /^\S+ .*$/,
        take: (_, line) => {
          const row = columns ? otherRow(cellsOf(columns, line)) : ethernetRow(line);
          if (!row) return false;
          rows.push(row);
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function ethernetRow(line: string): PortRow | null {
  const [all, name = '', vlan = '', , modeText = '', status, reason = '', , last = ''] = ETHERNET.exec(line) ?? [];
  const portId = canonicalName(name);
  const id = Number(vlan);
  if (all === undefined || portId === null || id < 1 || id > 4094) return null;
  const mode = vlan === 'monitor' ? 'other' : (MODES[modeText] ?? 'other');
  return {
    portId,
    ...upness(status === 'up', reason.trim()),
    mode,
    // For a trunk the table does not say which VLANs are allowed, so not whether its native VLAN passes.
    untagged: mode === 'access' ? id : null,
    tagged: mode === 'access' ? [] : null,
    lag: /^\d{1,4}$/.test(last) ? `port-channel${Number(last)}` : null,
    description: null,
    mtu: null,
  };
}

const MODES: Record<string, PortRow['mode']> = { access: 'access', trunk: 'trunk', routed: 'routed' };

/** Management, VLAN, loopback, tunnel and nve interfaces: none of them is a switch port. */
function otherRow(cells: Record<string, string>): PortRow | null {
  const portId = canonicalName(cells.Port ?? cells.Interface ?? '');
  const status = /^(up|down)$/.exec(cells.Status ?? '')?.[1];
  if (portId === null || status === undefined) return null;
  const description = cells.Description ?? '--';
  return {
    portId,
    ...upness(status === 'up', cells.Reason ?? ''),
    mode: 'routed',
    untagged: null,
    tagged: null,
    lag: null,
    description: description === '--' ? null : description || null,
    mtu: /^\d+$/.test(cells.MTU ?? '') ? Number(cells.MTU) : null,
  };
}

/** A port without a transceiver is shown as such whether or not it is shut down as well. */
function upness(up: boolean, reason: string): Pick<PortRow, 'adminUp' | 'operUp'> {
  if (up) return { adminUp: true, operUp: true };
  if (/^Administratively down/i.test(reason)) return { adminUp: false, operUp: false };
  return {
    adminUp: /^(?:Link not connected|Error ?disabled|suspended|No operational)/i.test(reason) ? true : null,
    operUp: false,
  };
}
