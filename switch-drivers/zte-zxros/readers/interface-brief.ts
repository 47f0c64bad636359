import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';

const STATE = '(up|down)';
const REST = String.raw`(\S+)\s+(\S+)\s+(\S+)\s+${STATE}\s+${STATE}\s+${STATE}(?:\s+(\S.*))?$`;
/**
 * Interface, attribute, mode, bandwidth, admin, phy, prot, description. A long description is cut and ends in `...`.
 */
const ROW = new RegExp(String.raw`^\s*(\S+)\s+${REST}`, 'i');
/** A name wider than its column stands alone; the rest is in the next line. */
const CONTINUED = new RegExp(String.raw`^\s+${REST}`, 'i');

export const interfaceBrief = outputReader({
  kind: 'ports',
  command: /^show interface brief(?: \S+)?$/,
  read(output) {
    const rows: PortRow[] = [];
    let waiting: string | null = null;
    let waitingLine = '';
    const lost: string[] = [];
    const push = (portId: string, [admin, phy, prot, description]: Array<string | undefined>) => {
      rows.push({
        portId,
        adminUp: isUp(admin),
        operUp: isUp(phy) && isUp(prot),
        mode: null,
        untagged: null,
        tagged: null,
        lag: null,
        description: description === undefined || description === 'none' ? null : description,
        mtu: null,
      });
    };
    const forget = () => {
      if (waiting !== null) lost.push(waitingLine);
      waiting = null;
    };
    const unparsed = readLines(withoutPager(output), [
      {
        pattern: CONTINUED,
        take([, , , , ...states]) {
          if (waiting === null) return false;
          push(waiting, states);
          waiting = null;
        },
      },
      {
        pattern: ROW,
        take([, name = '', , , , ...states]) {
          const portId = canonicalName(name);
          if (portId === null) return false;
          forget();
          push(portId, states);
        },
      },
      {
        pattern: /^\s*([a-z]\S*\d)$/i,
        take([line, name = '']) {
          const portId = canonicalName(name);
          if (portId === null) return false;
          forget();
          waiting = portId;
          waitingLine = line;
        },
      },
      { pattern: /^\s*Interface\s+(?:port)?attribute\s+mode\s+BW\S*\s+Admin\s+Phy\s+Prot(?:\s+Description)?$/i },
      ...NOISE,
    ]);
    forget();
    return { rows, unparsed: [...unparsed, ...lost] };
  },
});

function isUp(word: string | undefined): boolean {
  return word?.toLowerCase() === 'up';
}
