import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { NOISE, vlanId, withoutPager } from './noise.ts';

const KNOWN: readonly LineRule[] = [
  /^\s*Routing instance: /i,
  /^\s*(?:Internal index|Layer 3 interface|Description|Origin)\s*:/i,
  /^\s*(?:MAC (?:aging time|limit|statistics)|Total MAC count)\s*:/i,
  /^\s*(?:VXLAN (?:Enabled|VNI|source)|VNI|(?:En|De)capsulate Inner|Multicast group|Static MAC)\b.*:/i,
  /^\s*(?:Protocol|Private VLAN Mode|Primary ID|STP|RTG|Dot1q Tunneling|Admin state|Interfaces?)\s*:/i,
  /^\s*Number of (?:interfaces|VXLAN|mapped|entries)\b/i,
  /^\s*IP addresses?:/i,
].map((pattern) => ({ pattern }));

/** `show vlans extensive`: a part per VLAN that says of each interface whether it is tagged. */
export const vlansExtensive = outputReader({
  kind: 'vlans',
  command: /^show vlans (?:[\w.:/-]+ )?(?:extensive|detail)(?: [\w.:/-]+)?(?: \| no-more)?$/,
  read(output) {
    const rows: VlanRow[] = [];
    let name: string | null = null;
    let active: boolean | null = null;
    let row: VlanRow | null = null;
    const unparsed = readLines(withoutPager(output), [
      {
        // With ELS `VLAN Name: v100   State: Active`, without it `VLAN: v100, Created at: ...`.
        pattern: /^\s*VLAN(?: name)?: ([^\s,]+)(?:,? .*)?$/i,
        take([line = '', text = '']) {
          name = text;
          const state = /State: (Active|Inactive)/.exec(line)?.[1];
          active = state === undefined ? null : state === 'Active';
          row = null;
        },
      },
      {
        pattern: /^\s*(?:802\.1Q )?Tag: (\w+)(?:,.*)?$/i,
        take([line = '', tag = '']) {
          const vlan = vlanId(tag);
          if (vlan === null) return /^[1-9]/.test(tag) ? false : undefined;
          const admin = /Admin state: (\w+)/i.exec(line)?.[1];
          row = { vlan, name, active: admin === undefined ? active : /^enabled$/i.test(admin), ports: [] };
          rows.push(row);
        },
      },
      {
        pattern: /^\s*([\w.:/-]+)\*?,\s*(tagged|untagged)(?:,\s*[\w, -]*)?$/,
        take([, text = '', tagging]) {
          const portId = canonicalName(text);
          if (portId === null) return false;
          if (isSwitchPort(portId)) row?.ports?.push({ portId, tagged: tagging === 'tagged' });
        },
      },
      // Interfaces of an overlay say nothing about tags.
      { pattern: /^\s+((?:vtep|esi|lsi|irb)\.\d+)\*?,?.*$/ },
      ...KNOWN,
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
