import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { taggedVlans, trunkVlans, vlanList } from '../../vrp-family/vlan-list.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';
import { joinWrappedNames } from './wrapped-names.ts';

/** Link types, Command Reference, "port link-type". What is negotiated has no mode of its own. */
const MODES: Record<string, PortRow['mode']> = { access: 'access', trunk: 'trunk' };
const LINK_TYPE = 'access|trunk|hybrid|auto|desirable|negotiation-auto|negotiation-desirable|dot1q-?tunnel|qinq|-';

interface Port {
  row: PortRow;
  /** As printed, in lower case. */
  linkType: string;
  pvid: number | null;
  tagged: number[];
  untagged: number[];
  /** The list that ids on the following lines go to. */
  open: 'tagged' | 'untagged';
}

/** `display port vlan`: the list is what passes with a tag, on a trunk also the PVID; with `active`, both lists by letter. */
export const portVlan = outputReader({
  kind: 'ports',
  command: /^display port vlan(?: active)?(?: [A-Za-z\d][\w-]*(?: ?\d[\d/:.]*)?)?(?: active)?$/,
  read(output) {
    const { ports, unparsed } = readPorts(output);
    return { rows: ports.map(rowOf), unparsed };
  },
});

/** The ports whose link type the other side has a say in (LNP). */
export function negotiatedPorts(output: string): Set<string> {
  const negotiated = readPorts(output).ports.filter(({ linkType }) => /auto|desirable/.test(linkType));
  return new Set(negotiated.map(({ row }) => row.portId));
}

function readPorts(output: string): { ports: Port[]; unparsed: string[] } {
  const ports: Port[] = [];
  const unparsed = readLines(joinWrappedNames(withoutPager(output)), [
    { pattern: /^Port +Link Type +PVID +(?:Trunk )?VLAN List$/i },
    { pattern: /^\s*T ?= ?TAG,? +U ?= ?UNTAG$/i },
    {
      pattern: new RegExp(`^\\s*(\\S+)\\s+(${LINK_TYPE})\\s+(\\d+|-)(?:\\s+(\\S.*))?$`, 'i'),
      take([, name = '', type = '', pvidText = '', list = '-']) {
        const portId = canonicalName(name);
        const pvid = vlanId(pvidText);
        // 0: a member of an Eth-Trunk has none of its own.
        if (portId === null || (pvid === null && !/^[0-]$/.test(pvidText))) return false;
        const linkType = type.toLowerCase();
        const port: Port = { row: emptyRow(portId), linkType, pvid, tagged: [], untagged: [], open: 'tagged' };
        port.row.mode = type === '-' ? null : (MODES[linkType] ?? 'other');
        if (!addVlans(port, list)) return false;
        ports.push(port);
      },
    },
    {
      pattern: /^\s+((?:[UT]: ?)?\d[\d\s,-]*|[UT]: ?-{1,2})$/,
      take([, list = '']) {
        const port = ports.at(-1);
        return port && addVlans(port, list) ? undefined : false;
      },
    },
    ...NOISE,
  ]);
  return { ports, unparsed };
}

function addVlans(port: Port, text: string): boolean {
  const [, letter, list = ''] = /^(?:([UT]):)?\s*(.*)$/.exec(text) ?? [];
  const ids = /^-{1,2}$/.test(list) ? [] : vlanList(list);
  if (ids === null) return false;
  if (letter !== undefined) port.open = letter === 'U' ? 'untagged' : 'tagged';
  port[port.open].push(...ids);
  return true;
}

function rowOf({ row, pvid, tagged, untagged }: Port): PortRow {
  if (row.mode === 'access') return { ...row, untagged: pvid, tagged: [] };
  if (row.mode === 'trunk') return { ...row, ...trunkVlans([...tagged, ...untagged], pvid) };
  return { ...row, untagged: pvid, tagged: row.mode === null ? null : taggedVlans(tagged, null) };
}

function emptyRow(portId: string): PortRow {
  const unknown = { adminUp: null, operUp: null, mode: null, untagged: null, tagged: null };
  return { portId, ...unknown, lag: null, description: null, mtu: null };
}
