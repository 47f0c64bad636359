import { outputReader, type VlanRow } from '../../contract/rows.ts';
import { type Column, cellsOf, columnsOf } from '../../transports/ssh-cli/text/columns.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { NOISE, orNull, vlanId, withoutPager } from './noise.ts';
import { type MemberList, memberList } from './vlan-members.ts';
import { VLAN_LEGEND } from './vlans.ts';

/** `display vlan brief`: the name, and the members as in `display vlan`. */
export const vlanBrief = outputReader({
  kind: 'vlans',
  command: /^display vlan brief$/,
  read(output) {
    const rows: VlanRow[] = [];
    let columns: Column[] | null = null;
    let tagged: MemberList['tagged'];
    const unparsed = readLines(withoutPager(output), [
      ...VLAN_LEGEND,
      {
        pattern: /^VID +Name +Status +Ports$/i,
        take(_match, line) {
          columns = columnsOf(line, ['VID', 'Name', 'Status', 'Ports']);
        },
      },
      {
        pattern: /^\s{0,4}[*#]?(\d+)\s/,
        take([, id = ''], line) {
          const vlan = vlanId(id);
          const cells = columns && cellsOf(columns, line);
          const list = memberList(cells?.Ports ?? '', undefined);
          const status = /^(enable|disable)$/i.exec(cells?.Status ?? '');
          if (vlan === null || !cells || !status || list === null) return false;
          tagged = list.tagged;
          const active = status[0].toLowerCase() === 'enable';
          rows.push({ vlan, name: orNull(cells.Name), active, ports: list.ports });
        },
      },
      {
        pattern: /^\s{8,}(\S.*)$/,
        take([, text = '']) {
          const list = memberList(text, tagged);
          const row = rows.at(-1);
          if (!row || list === null) return false;
          row.ports?.push(...list.ports);
          tagged = list.tagged;
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
