import { naturalSort } from '../cli/sort.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';

/** The configuration as EOS prints it: defaults left out, blocks separated by `!`. */
export function runningConfig(config: Readonly<SimConfig>): string {
  const blocks = [
    [`hostname ${config.hostname}`],
    ...Object.entries(config.vlans)
      .filter(([id]) => id !== '1')
      .map(([id, vlan]) => [`vlan ${id}`, `   name ${vlan.name}`, ...(vlan.active ? [] : ['   state suspend'])]),
    ...interfaceBlocks(config),
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n!\n')}\n!\nend`;
}

/** What `section interface` leaves of it. */
export function interfaceSection(config: Readonly<SimConfig>): string {
  return interfaceBlocks(config)
    .map((block) => block.join('\n'))
    .join('\n');
}

function interfaceBlocks(config: Readonly<SimConfig>): string[][] {
  return Object.entries(config.ports)
    .sort(([a], [b]) => naturalSort(a, b))
    .map(([name, port]) => [`interface ${name}`, ...settings(port).map((row) => `   ${row}`)]);
}

function settings(port: SimPortConfig): string[] {
  return [
    port.description === null ? null : `description ${port.description}`,
    port.adminUp ? null : 'shutdown',
    port.accessVlan === 1 ? null : `switchport access vlan ${port.accessVlan}`,
    port.nativeVlan === 1 ? null : `switchport trunk native vlan ${port.nativeVlan}`,
    port.allowed === 'all' ? null : `switchport trunk allowed vlan ${vlanText(port.allowed) || 'none'}`,
    port.mode === 'access' ? null : `switchport mode ${port.mode}`,
    ...port.extra,
    port.routed ? 'no switchport' : null,
    port.lag === null ? null : `channel-group ${port.lag.replace('Port-Channel', '')} mode active`,
  ].filter((row) => row !== null);
}
