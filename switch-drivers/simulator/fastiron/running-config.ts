import { naturalSort } from '../cli/sort.ts';
import type { SimConfig } from '../model/config.ts';
import { listText, shortName } from './interface-names.ts';
import { DEFAULT_VLAN, membershipOf } from './membership.ts';

export const VERSION = '08.0.90T211';

/** The configuration as FastIron prints it: ports that have nothing but membership are not among the interfaces. */
export function configText(config: Readonly<SimConfig>): string {
  const parts = [
    'stack unit 1\n  module 1 icx7150-24-port-management-module\n  stack-port 1/3/1',
    ...Object.keys(config.vlans).map((id) => vlanPart(config, Number(id))),
    `aaa authentication login default local\nhostname ${config.hostname}\nip ssh idle-time 30\nlldp run`,
    ...Object.keys(config.ports)
      .sort(naturalSort)
      .flatMap((name) => interfacePart(config, name)),
  ];
  return `Current configuration:\n!\nver ${VERSION}\n!\n${parts.join('\n!\n')}\n!\nend\n`;
}

export function vlanPart(config: Readonly<SimConfig>, id: number): string {
  const members = (tagged: boolean) => {
    const names = Object.keys(config.ports).filter((name) => {
      const membership = membershipOf(config.ports[name]!);
      return tagged ? membership.tagged.includes(id) : membership.untagged === id;
    });
    return names.sort(naturalSort);
  };
  const outside = Object.keys(config.ports)
    .filter((name) => id === DEFAULT_VLAN && membershipOf(config.ports[name]!).untagged === null)
    .sort(naturalSort);
  const name = id === DEFAULT_VLAN ? 'DEFAULT-VLAN' : config.vlans[id]?.name;
  return [
    `vlan ${id}${name ? ` name ${name}` : ''} by port`,
    ...listRow('tagged', members(true)),
    // Members of the default VLAN are those of no other: only who was taken out is named.
    ...(id === DEFAULT_VLAN ? listRow('no untagged', outside) : listRow('untagged', members(false))),
    ' spanning-tree',
  ].join('\n');
}

function listRow(words: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [` ${words} ${listText(names)} `];
}

function interfacePart(config: Readonly<SimConfig>, name: string): string[] {
  const { adminUp, description } = config.ports[name]!;
  const rows = [...(description === null ? [] : [` port-name ${description}`]), ...(adminUp ? [] : [' disable'])];
  return rows.length === 0 ? [] : [[`interface ethernet ${shortName(name)}`, ...rows].join('\n')];
}
