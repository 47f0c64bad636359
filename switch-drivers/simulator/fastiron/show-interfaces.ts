import { dotted } from '../cli/mac-text.ts';
import { naturalSort } from '../cli/sort.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';
import { DEFAULT_VLAN, membershipOf } from './membership.ts';

export function showInterfacesBrief(model: SwitchModel): string {
  const rows = model.portIds.map((name) => {
    const { adminUp, description } = model.running.ports[name]!;
    const { untagged, tagged } = membershipOf(model.running.ports[name]!);
    const up = model.port(name).operUp;
    return [
      shortName(name).padEnd(10),
      (up ? 'Up' : adminUp ? 'Down' : 'Disable').padEnd(7),
      (up ? 'Forward' : 'None').padEnd(7),
      (up ? 'Full' : 'None').padEnd(4),
      (up ? '1G' : 'None').padEnd(5),
      'None ',
      (tagged.length > 0 ? 'Yes' : 'No').padEnd(3),
      `${untagged ?? 'N/A'}`.padEnd(4),
      '0  ',
      dotted(model.chassisMac).padEnd(15),
      (description ?? '').slice(0, 10),
    ].join(' ');
  });
  return `\n${['Port       Link    State   Dupl Speed Trunk Tag Pvid Pri MAC             Name', ...rows].join('\n')}\n`;
}

export function showVlans(model: SwitchModel, ids: readonly number[]): string {
  const names = Object.keys(model.running.ports).sort(naturalSort);
  const list = (heading: string, members: readonly string[]): string => {
    const numbers = members.map((name) => (/\d+$/.exec(name)?.[0] ?? '').padStart(3));
    return `${heading}: ${members.length === 0 ? 'None' : `(U1/M1) ${numbers.join(' ')}`}`;
  };
  const parts = ids.map((id) => {
    const name = id === DEFAULT_VLAN ? 'DEFAULT-VLAN' : model.running.vlans[id]?.name || '[None]';
    const of = (which: (name: string) => boolean) => names.filter(which);
    return [
      `PORT-VLAN ${id}, Name ${name}, Priority level0, On`,
      list(
        ' Untagged Ports',
        of((port) => membershipOf(model.running.ports[port]!).untagged === id),
      ),
      list(
        '   Tagged Ports',
        of((port) => membershipOf(model.running.ports[port]!).tagged.includes(id)),
      ),
      ' Mac-Vlan Ports: None',
      '     Monitoring: Disabled',
    ].join('\n');
  });
  return `Total PORT-VLAN entries: ${Object.keys(model.running.vlans).length}
Maximum PORT-VLAN entries: 1024

Legend: [Stk=Stack-Id, S=Slot]

${parts.join('\n')}
`;
}
