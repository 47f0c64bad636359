import { outputReader, type PortRow } from '../../contract/rows.ts';
import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { noise, withoutPager } from './noise.ts';

/**
 * Status, VLAN, duplex and speed one after the other; what follows is the type of the transceiver. No column counts, as
 * they are pushed at times; the name before may hold blanks and words like `connected`. Some releases put a remark behind the status (`connected: TDR`).
 */
const STATE = new RegExp(
  '(?:^|\\s)(connected|notconnect(?:ed)?|disabled|err-disabled|err-disable|suspended|monitoring|inactive|faulty|sfpAbsent' +
    '|noOperMem|standby|dormant|down)(?::(?: ?[A-Z]{1,12})?)? {1,40}' +
    '(\\d{1,4}(?:,\\d{1,4})?|trunk|routed|unassigned|tunnel|pvlan [a-z]{1,12}|--) {1,40}' +
    '((?:a-)?(?:full|half)|auto|-{1,2}) {1,40}((?:a-)?[0-9.]{1,6}G?|auto|-{1,2})(?: .*)?$',
);

/** `show interfaces status`. A trunk that is down shows its access VLAN, so only a connected port's mode is sure. */
export const interfacesStatus = outputReader({
  kind: 'ports',
  command: /^show interfaces?(?: \S+){0,2} status$/,
  read(output) {
    const rows: PortRow[] = [];
    const unparsed = readLines(withoutPager(output), [
      ...noise,
      { pattern: /^Port +Name +Status +Vlan +Duplex +Speed(?: +Type(?: +[A-Z][A-Za-z ]{1,20})?)?$/i },
      { pattern: /^[- ]{10,}$/ },
      {
        pattern: /^(\S{1,40})\s(.*)$/,
        take: ([, port = '', rest = '']) => {
          const portId = canonicalName(port);
          const [state, status = '', vlan = ''] = STATE.exec(rest) ?? [];
          const membership = membershipOf(status, vlan);
          if (portId === null || state === undefined || !membership) return false;
          const description = rest.slice(0, -state.length).trim() || null;
          rows.push({ portId, ...upness(status), ...membership, lag: null, description, mtu: null });
        },
      },
    ]);
    return { rows, unparsed };
  },
});

function upness(status: string): Pick<PortRow, 'adminUp' | 'operUp'> {
  // A SPAN destination sends, but takes no part in switching.
  return { adminUp: status !== 'disabled', operUp: status === 'monitoring' ? null : status === 'connected' };
}

function membershipOf(status: string, vlan: string): Pick<PortRow, 'mode' | 'untagged' | 'tagged'> | null {
  const only = (mode: PortRow['mode']) => ({ mode, untagged: null, tagged: null });
  if (vlan === 'trunk' || vlan === 'routed') return only(vlan);
  if (vlan === 'unassigned' || vlan === '--') return only(null);
  if (vlan === 'tunnel' || vlan.startsWith('pvlan')) return only('other');
  const ids = parseVlanList(vlan);
  if (ids === null) return null;
  // A pair is the primary and the secondary VLAN of a private VLAN.
  if (vlan.includes(',')) return only('other');
  return status === 'connected' ? { mode: 'access', untagged: ids[0] ?? null, tagged: [] } : only(null);
}
